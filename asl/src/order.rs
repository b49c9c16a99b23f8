//! Loops: a weak topological order of a graph (Bourdoncle, "Efficient chaotic iteration strategies with widenings", 1993).
//!
//! Each edge leads forward in the order, or back to the head of a loop that its source is in.

use std::ops::Range;

/// The nodes that the start leads to, and the loops among them.
#[derive(Default)]
pub(crate) struct Order {
    /// The nodes.
    pub(crate) nodes: Vec<usize>,
    /// The loops, outer ones first, as parts of the order; the first node of each is its head.
    pub(crate) loops: Vec<Range<usize>>,
}

/// What is left to be put in order.
enum Open {
    Nodes(Vec<usize>),
    Loop(usize, Vec<usize>),
    Close(usize),
}

/// Puts the nodes that `start` leads to in order.
pub(crate) fn order(edges: &[Vec<usize>], start: usize) -> Order {
    let reached = reachable(edges, start);
    let mut place = vec![usize::MAX; edges.len()];
    reached.iter().enumerate().for_each(|(at, node)| set(&mut place, *node, at));
    let mut order = Order::default();
    let mut open = vec![Open::Nodes(reached)];
    while let Some(next) = open.pop() {
        match next {
            Open::Nodes(nodes) => open.extend(components(edges, &nodes).into_iter().map(|mut component| {
                component.sort_by_key(|node| place.get(*node).copied());
                let head = component.remove(0);
                Open::Loop(head, component)
            })),
            Open::Loop(head, rest) => {
                let turns = !rest.is_empty() || targets(edges, head).contains(&head);
                if turns {
                    open.push(Open::Close(order.loops.len()));
                    order.loops.push(order.nodes.len()..order.nodes.len());
                }
                order.nodes.push(head);
                open.push(Open::Nodes(rest));
            }
            Open::Close(index) => {
                let end = order.nodes.len();
                order.loops.get_mut(index).into_iter().for_each(|range| range.end = end);
            }
        }
    }
    order
}

/// The nodes that a node leads to, each before those that are only met through it.
fn reachable(edges: &[Vec<usize>], start: usize) -> Vec<usize> {
    let mut seen = vec![false; edges.len()];
    let mut order = Vec::new();
    let mut open = vec![start];
    while let Some(node) = open.pop() {
        if seen.get(node).copied().unwrap_or(true) {
            continue;
        }
        set(&mut seen, node, true);
        order.push(node);
        open.extend(targets(edges, node).iter().rev());
    }
    order
}

/// The strongly connected components of some of the nodes, those that are led to before those that lead there (Tarjan).
pub(crate) fn components(edges: &[Vec<usize>], nodes: &[usize]) -> Vec<Vec<usize>> {
    let mut search = Search {
        number: vec![None; edges.len()],
        low: vec![0; edges.len()],
        within: vec![false; edges.len()],
        stack: Vec::new(),
        found: Vec::new(),
        count: 0,
    };
    nodes.iter().for_each(|node| set(&mut search.within, *node, true));
    nodes.iter().for_each(|node| search.from(edges, *node));
    search.found
}

struct Search {
    number: Vec<Option<usize>>,
    low: Vec<usize>,
    /// Which nodes take part, and are in no component yet.
    within: Vec<bool>,
    stack: Vec<usize>,
    found: Vec<Vec<usize>>,
    count: usize,
}

impl Search {
    fn from(&mut self, edges: &[Vec<usize>], root: usize) {
        let mut open = vec![(root, 0)];
        while let Some((node, edge)) = open.pop() {
            if edge == 0 {
                if self.number.get(node).copied().flatten().is_some() {
                    continue;
                }
                self.enter(node);
            }
            match targets(edges, node).get(edge) {
                Some(target) => {
                    open.push((node, edge + 1));
                    if edge_leads_inside(&self.within, *target) {
                        match self.number.get(*target).copied().flatten() {
                            Some(number) => self.lower(node, number),
                            None => open.push((*target, 0)),
                        }
                    }
                }
                None => self.leave(node, open.last().map(|(parent, _)| *parent)),
            }
        }
    }

    fn enter(&mut self, node: usize) {
        set(&mut self.number, node, Some(self.count));
        set(&mut self.low, node, self.count);
        self.count += 1;
        self.stack.push(node);
    }

    fn lower(&mut self, node: usize, number: usize) {
        self.low.get_mut(node).into_iter().for_each(|low| *low = number.min(*low));
    }

    fn leave(&mut self, node: usize, parent: Option<usize>) {
        let low = self.low.get(node).copied().unwrap_or_default();
        if self.number.get(node).copied().flatten() == Some(low) {
            let from = self.stack.iter().rposition(|other| *other == node).unwrap_or_default();
            let component = self.stack.split_off(from);
            component.iter().for_each(|node| set(&mut self.within, *node, false));
            self.found.push(component);
        }
        if let Some(parent) = parent {
            self.lower(parent, low);
        }
    }
}

fn edge_leads_inside(within: &[bool], target: usize) -> bool {
    within.get(target).copied().unwrap_or_default()
}

pub(crate) fn targets(edges: &[Vec<usize>], node: usize) -> &[usize] {
    edges.get(node).map(Vec::as_slice).unwrap_or_default()
}

fn set<T>(list: &mut [T], index: usize, value: T) {
    if let Some(old) = list.get_mut(index) {
        *old = value;
    }
}
