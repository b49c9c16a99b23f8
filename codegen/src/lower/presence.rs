//! Keys that are there where a condition holds: they are read without a default.
//!
//! What is known in a state depends on the ways to it, so this comes when these are settled. Within an expression the printer
//! finds it by the same rules.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    graph::{Edge, Graph, StateKind},
    known::{Facts, survey},
};
use crate::{
    ir::{Arena, Expr, ExprId},
    pass::{asked, decided, path},
};

/// Reads the keys that are there without their defaults, in a graph and the machines inside it.
pub(super) fn tell(arena: &mut Arena, graph: &mut Graph) {
    tell_knowing(arena, graph, &Facts::default());
}

fn tell_knowing(arena: &mut Arena, graph: &mut Graph, outside: &Facts) {
    let known = survey(arena, graph, outside);
    for id in graph.reachable() {
        let (Some(facts), Some(state)) = (known.get(&id), graph.states.get_mut(id.0)) else { continue };
        let mut there = HashSet::new();
        for (cond, holds) in &facts.conditions {
            there.extend(keys(arena, *cond, *holds));
        }
        match &mut state.kind {
            StateKind::Choice { rules, default } => {
                for (cond, edge) in rules {
                    let (holding, failing) = (keys(arena, *cond, true), keys(arena, *cond, false));
                    *cond = read(arena, *cond, &there);
                    read_edge(arena, edge, &there.iter().copied().chain(holding).collect());
                    there.extend(failing);
                }
                read_edge(arena, default, &there);
            }
            kind => {
                kind.values_mut().into_iter().for_each(|value| *value = read(arena, *value, &there));
                kind.edges_mut().into_iter().for_each(|edge| read_edge(arena, edge, &there));
            }
        }
        if let StateKind::Work { work, .. } = &mut state.kind {
            work.machines_mut().into_iter().for_each(|machine| tell_knowing(arena, machine, facts));
        }
    }
}

fn read_edge(arena: &mut Arena, edge: &mut Edge, there: &HashSet<ExprId>) {
    *edge = edge.map(&mut |value| read(arena, value, there));
}

fn read(arena: &mut Arena, value: ExprId, there: &HashSet<ExprId>) -> ExprId {
    if there.is_empty() {
        return value;
    }
    arena.rewrite(value, &mut |arena, expr| {
        let Expr::Field { base, keys, kind, .. } = expr else { return None };
        let is_there = there.contains(&arena.push(expr.clone()));
        is_there.then(|| arena.push(Expr::Field { base: *base, keys: keys.clone(), default: None, kind: *kind }))
    })
}

/// The keys read with `null` as their default that are there where a condition holds, or does not hold.
pub(super) fn keys(arena: &Arena, cond: ExprId, holds: bool) -> Vec<ExprId> {
    let asked =
        decided(arena, cond, holds).into_iter().filter(|(_, holds)| *holds).filter_map(|(cond, _)| asked(arena, cond));
    let parts = asked.flat_map(|value| path(arena, value));
    parts.filter(|part| matches!(arena.get(*part), Expr::Field { default: Some(Value::Null), .. })).collect()
}
