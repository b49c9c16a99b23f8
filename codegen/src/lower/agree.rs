//! What all ways to a choice know.
//!
//! `match ask(..).await { Ok(Verdict::Approved) => .., Ok(Verdict::Rejected) => .., Err(error) => .. }`: where catchers lead the
//! errors elsewhere, nothing but an `Ok` comes to the choice, so it need not ask for that.

use std::collections::HashMap;

use super::{
    graph::{Edge, Graph, StateId, StateKind},
    specialise::{Facts, edge_at, facts, ways_to},
    thread::choice,
};
use crate::ir::{Arena, ExprId, VarId};

/// Tells the choices of a graph, and those of the machines inside it, what all ways to them know.
pub(super) fn agree(arena: &mut Arena, graph: &mut Graph) {
    for id in graph.reachable() {
        match graph.get(id).map(|state| state.kind.clone()) {
            Some(StateKind::Choice { rules, default }) => inform(arena, graph, id, &rules, &default),
            Some(StateKind::Work { .. }) => {
                if let Some(StateKind::Work { work, .. }) = graph.states.get_mut(id.0).map(|state| &mut state.kind) {
                    work.machines_mut().into_iter().for_each(|machine| agree(arena, machine));
                }
            }
            _ => {}
        }
    }
}

fn inform(arena: &mut Arena, graph: &mut Graph, id: StateId, rules: &[(ExprId, Edge)], default: &Edge) {
    let ways = ways_to(graph, id);
    let known = common(ways.iter().map(|(_, way)| facts(arena, way)));
    if known.is_empty() {
        return;
    }
    let values: HashMap<VarId, ExprId> = known.iter().copied().collect();
    let always = arena.constant(true);
    let rules = rules.iter().map(|(cond, edge)| (*cond, edge)).chain([(always, default)]);
    let informed = rules.map(|(cond, edge)| (arena.substitute(cond, &values), edge.after(arena, &known))).collect();
    match choice(arena, id, informed) {
        StateKind::Join(next) if ways.iter().all(|(_, way)| next.can_follow(arena, &way.assign)) => {
            for (place, way) in ways {
                if let Some(edge) = edge_at(graph, place) {
                    *edge = next.behind(arena, &way);
                }
            }
        }
        kind => {
            if let Some(state) = graph.states.get_mut(id.0) {
                state.kind = kind;
            }
        }
    }
}

/// The facts that are the same on all ways.
fn common(mut ways: impl Iterator<Item = Facts>) -> Facts {
    let first = ways.next().unwrap_or_default();
    ways.fold(first, |known, way| known.into_iter().filter(|fact| way.contains(fact)).collect())
}
