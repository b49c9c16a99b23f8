//! The graph for Graphviz.

use std::fmt::Write;

use super::{Edge, EdgeKind, Flow, Node};
use crate::StateKind;

const HEAD: &str = r##"digraph {
    compound=true
    fontname="Helvetica"
    node [fontname="Helvetica" fontsize=12 shape=box style="rounded,filled" fillcolor="white" color="#4a5568"]
    edge [fontname="Helvetica" fontsize=10 color="#4a5568" arrowsize=0.7]
"##;

pub(super) fn print(flow: &Flow) -> String {
    let mut printer = Printer { text: HEAD.to_owned() };
    printer.flow(flow, "s", 1);
    printer.text + "}\n"
}

struct Printer {
    text: String,
}

impl Printer {
    fn line(&mut self, depth: usize, line: &str) {
        let _ = writeln!(self.text, "{:indent$}{line}", "", indent = depth * 4);
    }

    /// A scope; the ids of its states begin with `prefix`.
    fn flow(&mut self, flow: &Flow, prefix: &str, depth: usize) {
        self.line(depth, &format!("{prefix}_start [shape=circle label=\"\" width=0.15 fillcolor=\"#4a5568\"]"));
        for (number, node) in flow.nodes.iter().enumerate() {
            self.node(node, &format!("{prefix}{number}"), depth);
        }
        if flow.nodes.iter().any(|node| node.ends) {
            self.line(depth, &format!("{prefix}_end [shape=doublecircle label=\"\" width=0.12 fillcolor=\"#4a5568\"]"));
        }
        let start = format!("{prefix}{}", flow.start);
        let is_cluster = flow.nodes.get(flow.start).is_some_and(Node::is_cluster);
        self.way(&format!("{prefix}_start"), (&start, is_cluster), false, "", depth);
        for edge in &flow.edges {
            self.edge(flow, edge, prefix, depth);
        }
        for (number, node) in flow.nodes.iter().enumerate().filter(|(_, node)| node.ends) {
            self.way(&format!("{prefix}{number}"), (&format!("{prefix}_end"), false), node.is_cluster(), "", depth);
        }
    }

    fn node(&mut self, node: &Node, id: &str, depth: usize) {
        let label = label(node);
        if node.is_cluster() {
            self.cluster(node, id, &label, depth);
            return;
        }
        let style = match node.kind {
            StateKind::Choice => " shape=hexagon style=filled fillcolor=\"#fff7e0\" color=\"#b7791f\"",
            StateKind::Fail => " fillcolor=\"#fdecea\" color=\"#c53030\"",
            StateKind::Succeed => " fillcolor=\"#e8f6ec\" color=\"#2f855a\"",
            StateKind::Task | StateKind::Parallel | StateKind::Map | StateKind::Pass | StateKind::Wait => "",
        };
        self.line(depth, &format!("{id} [label=\"{label}\"{style}]"));
    }

    /// A state with machines inside. An invisible point stands for it where ways begin and end.
    fn cluster(&mut self, node: &Node, id: &str, label: &str, depth: usize) {
        self.line(depth, &format!("subgraph cluster_{id} {{"));
        self.line(depth + 1, &format!("label=\"{label}\" style=rounded color=\"#718096\" fontsize=12"));
        self.line(depth + 1, &format!("{id} [shape=point style=invis]"));
        for (number, flow) in node.inner.iter().enumerate() {
            self.line(depth + 1, &format!("subgraph cluster_{id}b{number} {{"));
            self.line(depth + 2, "label=\"\" style=\"rounded,dashed\" color=\"#cbd5e0\"");
            self.flow(flow, &format!("{id}b{number}s"), depth + 2);
            self.line(depth + 1, "}");
            self.line(depth + 1, &format!("{id} -> {id}b{number}s_start [style=invis]"));
        }
        self.line(depth, "}");
    }

    fn edge(&mut self, flow: &Flow, edge: &Edge, prefix: &str, depth: usize) {
        let is_cluster = |number: usize| flow.nodes.get(number).is_some_and(Node::is_cluster);
        let mut attributes = String::new();
        if let Some(label) = &edge.label {
            let _ = write!(attributes, " label=\"{}\"", escaped(label));
        }
        if edge.kind == EdgeKind::Error {
            attributes.push_str(" style=dashed color=\"#c53030\" fontcolor=\"#c53030\"");
        }
        let (from, to) = (format!("{prefix}{}", edge.from), format!("{prefix}{}", edge.to));
        self.way(&from, (&to, is_cluster(edge.to)), is_cluster(edge.from), &attributes, depth);
    }

    fn way(&mut self, from: &str, (to, to_cluster): (&str, bool), from_cluster: bool, attributes: &str, depth: usize) {
        let mut attributes = attributes.to_owned();
        if from_cluster {
            let _ = write!(attributes, " ltail=cluster_{from}");
        }
        if to_cluster {
            let _ = write!(attributes, " lhead=cluster_{to}");
        }
        let attributes = attributes.trim_start();
        let attributes = if attributes.is_empty() { String::new() } else { format!(" [{attributes}]") };
        self.line(depth, &format!("{from} -> {to}{attributes}"));
    }
}

impl Node {
    fn is_cluster(&self) -> bool {
        !self.inner.is_empty()
    }
}

fn label(node: &Node) -> String {
    let note = node.note.as_ref().map(|note| format!("\\n{}", escaped(note))).unwrap_or_default();
    format!("{}\\n{}{note}", escaped(&node.name), escaped(&node.caption))
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ")
}
