//! A machine as a picture: for Mermaid, for Graphviz, and as SVG that needs neither.
//!
//! The same machine gives the same text, byte for byte.

mod condition;
mod dot;
mod layout;
mod mermaid;
mod svg;
mod text;

use std::collections::HashMap;

use crate::{Catcher, Choice, PlacedState, Scope, State, StateKind, StateMachine, error_name};

/// A machine as a graph of its states.
#[derive(Clone, Debug)]
pub struct Graph {
    flow: Flow,
}

/// The states of one scope, and how they follow each other.
#[derive(Clone, Debug)]
struct Flow {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    /// The number of the start state.
    start: usize,
}

#[derive(Clone, Debug)]
struct Node {
    name: String,
    kind: StateKind,
    /// What kind of work it is.
    caption: String,
    /// Where it comes from.
    note: Option<String>,
    /// The machines inside.
    inner: Vec<Flow>,
    /// Whether the machine ends here without a state that says so.
    ends: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Edge {
    from: usize,
    to: usize,
    label: Option<String>,
    kind: EdgeKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EdgeKind {
    Next,
    /// To where an error leads.
    Error,
}

impl Graph {
    /// The graph of a machine.
    #[must_use]
    pub fn of(machine: &StateMachine) -> Self {
        Graph { flow: Flow::of(&machine.scope()) }
    }

    /// The same with a short note on states, such as the place in the source that they come from.
    #[must_use]
    pub fn with_notes(mut self, note: impl Fn(&str) -> Option<String>) -> Self {
        self.flow.note(&note);
        self
    }

    /// A Mermaid flowchart (<https://mermaid.js.org/syntax/flowchart.html>).
    #[must_use]
    pub fn to_mermaid(&self) -> String {
        mermaid::print(&self.flow)
    }

    /// A directed graph for Graphviz (<https://graphviz.org/doc/info/lang.html>).
    #[must_use]
    pub fn to_dot(&self) -> String {
        dot::print(&self.flow)
    }

    /// A picture, as an SVG document that stands on its own.
    #[must_use]
    pub fn to_svg(&self) -> String {
        svg::print(&self.flow)
    }
}

impl Flow {
    fn of(scope: &Scope<'_>) -> Self {
        let states: Vec<_> = scope.states().collect();
        let numbers: HashMap<&str, usize> =
            states.iter().enumerate().map(|(number, placed)| (placed.name, number)).collect();
        let mut edges = Vec::new();
        for (from, placed) in states.iter().enumerate() {
            for (target, label, kind) in ways(placed.state) {
                if let Some(to) = numbers.get(target).copied() {
                    add(&mut edges, Edge { from, to, label, kind });
                }
            }
        }
        let start = numbers.get(scope.start_at).copied().unwrap_or_default();
        Flow { nodes: states.iter().map(Node::of).collect(), edges, start }
    }

    fn note(&mut self, note: &impl Fn(&str) -> Option<String>) {
        for node in &mut self.nodes {
            node.note = note(&node.name);
            node.inner.iter_mut().for_each(|flow| flow.note(note));
        }
    }
}

impl Node {
    fn of(placed: &PlacedState<'_>) -> Self {
        let state = placed.state;
        Node {
            name: placed.name.to_owned(),
            kind: state.kind(),
            caption: caption(state),
            note: None,
            inner: placed.scopes().iter().map(Flow::of).collect(),
            ends: state.end() == Some(true),
        }
    }
}

/// Two ways of one kind between the same states are one.
fn add(edges: &mut Vec<Edge>, edge: Edge) {
    let same = edges.iter_mut().find(|known| (known.from, known.to, known.kind) == (edge.from, edge.to, edge.kind));
    match (same, edge.label) {
        (None, label) => edges.push(Edge { label, ..edge }),
        (Some(known), Some(label)) => {
            let between = if known.kind == EdgeKind::Error { ", " } else { " or " };
            let first = known.label.take().map(|first| first + between).unwrap_or_default();
            known.label = Some(first + &label);
        }
        (Some(_), None) => {}
    }
}

/// Where a state leads, with what is said of the way.
fn ways(state: &State) -> Vec<(&str, Option<String>, EdgeKind)> {
    let mut ways = Vec::new();
    if let State::Choice(choice) = state {
        ways.extend(decisions(choice));
    }
    ways.extend(state.next().map(|next| (next, None, EdgeKind::Next)));
    let catchers = state.catch().unwrap_or_default();
    ways.extend(catchers.iter().map(|catcher| (catcher.next.as_str(), Some(errors(catcher)), EdgeKind::Error)));
    ways
}

fn decisions(choice: &Choice) -> Vec<(&str, Option<String>, EdgeKind)> {
    let rules = choice.choices.iter().filter_map(|rule| Some((rule.next.as_deref()?, condition::text(rule))));
    let default = choice.default.as_deref().map(|next| (next, "otherwise".to_owned()));
    rules.chain(default).map(|(next, label)| (next, Some(label), EdgeKind::Next)).collect()
}

fn errors(catcher: &Catcher) -> String {
    let name = |name: &String| if name == error_name::ALL { "any error".to_owned() } else { name.clone() };
    catcher.error_equals.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// The type of a state, with what tells it from others of its type.
fn caption(state: &State) -> String {
    let retries: u64 = state.retry().unwrap_or_default().iter().map(crate::Retrier::most_attempts).sum();
    let more = match state {
        State::Map(map) => map
            .max_concurrency
            .as_ref()
            .and_then(|most| most.literal())
            .filter(|most| **most > 0)
            .map(|most| format!(" · {most} at a time")),
        State::Wait(wait) => {
            wait.seconds.as_ref().and_then(|seconds| seconds.literal()).map(|seconds| format!(" · {seconds} s"))
        }
        _ => None,
    };
    let retry = if retries > 0 { format!(" · retry ×{retries}") } else { String::new() };
    format!("{}{}{retry}", state.kind(), more.unwrap_or_default())
}
