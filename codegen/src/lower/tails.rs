//! Equal states become one: what several ways have in common at their end is there once.

use std::collections::HashMap;

use super::graph::{Graph, StateId, StateKind, Target};

/// Shares equal states of a graph and of the machines inside it.
pub(super) fn share(graph: &mut Graph) {
    for state in &mut graph.states {
        if let StateKind::Work { work, .. } = &mut state.kind {
            work.machines_mut().into_iter().for_each(share);
        }
    }
    loop {
        let same = twins(graph);
        if same.is_empty() {
            return;
        }
        let redirect = |target: &mut Target| {
            if let Target::State(id) = target
                && let Some(first) = same.get(id)
            {
                *id = *first;
            }
        };
        redirect(&mut graph.entry.target);
        for state in &mut graph.states {
            state.kind.edges_mut().into_iter().for_each(|edge| redirect(&mut edge.target));
        }
    }
}

/// For each state that equals an earlier one, that one.
fn twins(graph: &Graph) -> HashMap<StateId, StateId> {
    let order = graph.reachable();
    let mut same = HashMap::new();
    for (number, id) in order.iter().enumerate() {
        let equal = |other: &&StateId| match (graph.get(*id), graph.get(**other)) {
            (Some(a), Some(b)) => a.kind == b.kind,
            _ => false,
        };
        if let Some(first) = order.iter().take(number).find(equal) {
            same.insert(*id, *first);
        }
    }
    same
}
