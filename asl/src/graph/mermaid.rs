//! The graph as a Mermaid flowchart.

use std::fmt::Write;

use super::{Edge, EdgeKind, Flow, Node};
use crate::StateKind;

pub(super) fn print(flow: &Flow) -> String {
    let mut printer = Printer { text: "flowchart TD\n".to_owned(), classes: Vec::new() };
    printer.flow(flow, "s", 1);
    for (class, style) in STYLES {
        let ids: Vec<_> = printer.classes.iter().filter(|(_, of)| of == class).map(|(id, _)| id.as_str()).collect();
        if !ids.is_empty() {
            let ids = ids.join(",");
            let _ = write!(printer.text, "    classDef {class} {style}\n    class {ids} {class}\n");
        }
    }
    printer.text
}

const STYLES: &[(&str, &str)] = &[
    ("choice", "fill:#fff7e0,stroke:#b7791f"),
    ("fail", "fill:#fdecea,stroke:#c53030"),
    ("succeed", "fill:#e8f6ec,stroke:#2f855a"),
];

struct Printer {
    text: String,
    /// The states by the style that they are shown in.
    classes: Vec<(String, &'static str)>,
}

impl Printer {
    fn line(&mut self, depth: usize, line: &str) {
        let _ = writeln!(self.text, "{:indent$}{line}", "", indent = depth * 4);
    }

    /// A scope; the ids of its states begin with `prefix`.
    fn flow(&mut self, flow: &Flow, prefix: &str, depth: usize) {
        self.line(depth, &format!("{prefix}_start(( ))"));
        for (number, node) in flow.nodes.iter().enumerate() {
            self.node(node, &format!("{prefix}{number}"), depth);
        }
        if flow.nodes.iter().any(|node| node.ends) {
            self.line(depth, &format!("{prefix}_end((( )))"));
        }
        self.line(depth, &format!("{prefix}_start --> {prefix}{}", flow.start));
        for edge in &flow.edges {
            self.edge(edge, prefix, depth);
        }
        for (number, _) in flow.nodes.iter().enumerate().filter(|(_, node)| node.ends) {
            self.line(depth, &format!("{prefix}{number} --> {prefix}_end"));
        }
    }

    fn node(&mut self, node: &Node, id: &str, depth: usize) {
        let label = label(node);
        let class = match node.kind {
            StateKind::Choice => "choice",
            StateKind::Fail => "fail",
            StateKind::Succeed => "succeed",
            StateKind::Task | StateKind::Parallel | StateKind::Map | StateKind::Pass | StateKind::Wait => "",
        };
        match (node.kind, node.inner.as_slice()) {
            (StateKind::Choice, _) => self.line(depth, &format!("{id}{{{{{label}}}}}")),
            (StateKind::Succeed | StateKind::Fail | StateKind::Wait, _) => {
                self.line(depth, &format!("{id}([{label}])"))
            }
            (_, []) => self.line(depth, &format!("{id}[{label}]")),
            (_, [only]) => self.cluster(only, id, &label, depth),
            (_, branches) => {
                self.line(depth, &format!("subgraph {id} [{label}]"));
                for (number, branch) in branches.iter().enumerate() {
                    self.cluster(branch, &format!("{id}b{number}"), "\" \"", depth + 1);
                }
                self.line(depth, "end");
            }
        }
        if !class.is_empty() {
            self.classes.push((id.to_owned(), class));
        }
    }

    fn cluster(&mut self, flow: &Flow, id: &str, label: &str, depth: usize) {
        self.line(depth, &format!("subgraph {id} [{label}]"));
        self.flow(flow, &format!("{id}s"), depth + 1);
        self.line(depth, "end");
    }

    fn edge(&mut self, edge: &Edge, prefix: &str, depth: usize) {
        let arrow = match edge.kind {
            EdgeKind::Next => "-->",
            EdgeKind::Error => "-.->",
        };
        let label = edge.label.as_ref().map(|label| format!("|\"{}\"|", escaped(label))).unwrap_or_default();
        self.line(depth, &format!("{prefix}{} {arrow}{label} {prefix}{}", edge.from, edge.to));
    }
}

fn label(node: &Node) -> String {
    let note = node.note.as_ref().map(|note| format!("<br/><small>{}</small>", escaped(note))).unwrap_or_default();
    format!("\"{}<br/><small>{}</small>{note}\"", escaped(&node.name), escaped(&node.caption))
}

/// Text inside of a quoted label: what would end it or be markup there, is written by its number.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '"' | '<' | '>' | '&' | '#' | '`' | '\\' => {
                let _ = write!(escaped, "#{};", u32::from(c));
            }
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
