//! Edges go where their assignments lead them.
//!
//! A join is no state: every edge into it does its assignments itself and goes on. Neither is a choice whose outcome is known
//! on an edge. A choice that follows a choice becomes part of it.

use super::{
    catchers,
    edge::reads_unstable_value,
    graph::{Edge, Graph, State, StateId, StateKind, Target},
    raised::fails_alike,
};
use crate::{
    ir::{Arena, Binary, ExprId},
    pass::assume,
};

/// The most rules that a choice may come to by taking in those that follow it.
const MOST_RULES: usize = 24;

/// Threads a graph and the machines inside it. Where a choice turned out to be none, or a join to end the machine, edges may
/// lead on.
pub(super) fn thread(arena: &mut Arena, graph: &mut Graph) {
    while thread_once(arena, graph) {}
}

/// Whether edges may lead on.
fn thread_once(arena: &mut Arena, graph: &mut Graph) -> bool {
    let mut vanished = false;
    let entry = graph.entry.clone();
    graph.entry = follow(arena, graph, entry);
    let mut done = std::collections::HashSet::new();
    while let Some(id) = graph.reachable().into_iter().find(|id| !done.contains(id)) {
        done.insert(id);
        let Some(mut state) = graph.get(id).cloned() else { continue };
        let joins = is_join(&state);
        for edge in state.kind.edges_mut() {
            *edge = follow(arena, graph, edge.clone());
        }
        vanished |= joins && !is_join(&state);
        state.kind = match state.kind {
            StateKind::Choice { rules, default } => {
                let kind = take_in(arena, graph, id, rules, default);
                vanished |= matches!(kind, StateKind::Join(_));
                kind
            }
            StateKind::Work { mut work, next, catch } => {
                work.machines_mut().into_iter().for_each(|machine| thread(arena, machine));
                let catch = catchers::simplify(arena, graph, catch);
                StateKind::Work { work, next, catch }
            }
            other => other,
        };
        if let Some(slot) = graph.states.get_mut(id.0) {
            *slot = state;
        }
    }
    vanished
}

/// Whether a state is a join in the middle of a machine.
fn is_join(state: &State) -> bool {
    matches!(&state.kind, StateKind::Join(Edge { target: Target::State(_), .. }))
}

/// An edge, led through joins and decided choices; through each choice once, so that loops are not unrolled.
pub(super) fn follow(arena: &mut Arena, graph: &Graph, edge: Edge) -> Edge {
    follow_knowing(arena, graph, edge, &[])
}

/// An edge, led on as by [`follow`], where conditions are known to hold or not.
pub(super) fn follow_knowing(arena: &mut Arena, graph: &Graph, edge: Edge, known: &[(ExprId, bool)]) -> Edge {
    let mut edge = edge;
    let mut passed = Vec::new();
    while let Target::State(id) = edge.target {
        if passed.contains(&id) {
            break;
        }
        passed.push(id);
        let next = match graph.get(id).map(|state| &state.kind) {
            Some(StateKind::Join(next)) => Some(next.clone()),
            Some(StateKind::Choice { rules, default }) if !reads_unstable(arena, &edge, rules) => {
                decided(arena, &edge, rules, default, known)
            }
            Some(StateKind::Choice { .. }) => None,
            Some(StateKind::Pass(_) | StateKind::Work { .. } | StateKind::Succeed(_) | StateKind::Fail(_)) | None => {
                None
            }
        };
        match next {
            Some(next) if next.can_follow(arena, &edge.assign) => edge = next.behind(arena, &edge),
            Some(_) | None => break,
        }
    }
    edge
}

/// Whether the conditions read what differs at each evaluation: it is assigned first, and read from the variable.
fn reads_unstable(arena: &Arena, edge: &Edge, rules: &[(ExprId, Edge)]) -> bool {
    rules.iter().any(|(cond, _)| reads_unstable_value(arena, &edge.assign, *cond))
}

/// The way that a choice takes on this edge, where it is known.
fn decided(
    arena: &mut Arena,
    edge: &Edge,
    rules: &[(ExprId, Edge)],
    default: &Edge,
    known: &[(ExprId, bool)],
) -> Option<Edge> {
    let values = edge.assign.iter().copied().collect();
    for (cond, way) in rules {
        let cond = arena.substitute(*cond, &values);
        let cond = known.iter().fold(cond, |cond, (known, holds)| assume(arena, cond, *known, *holds));
        if arena.literal(cond)?.as_bool()? {
            return Some(way.clone());
        }
    }
    Some(default.clone())
}

/// A rule of a choice that is being put together, and the choices that it has taken in.
struct Rule {
    cond: ExprId,
    edge: Edge,
    passed: Vec<StateId>,
}

/// The rules of a choice, with those of the choices that it leads to in their place; each once on one way.
fn take_in(arena: &mut Arena, graph: &Graph, own: StateId, rules: Vec<(ExprId, Edge)>, default: Edge) -> StateKind {
    let always = arena.constant(true);
    let rules = rules.into_iter().chain([(always, default)]).rev();
    let mut open: Vec<Rule> = rules.map(|(cond, edge)| Rule { cond, edge, passed: vec![own] }).collect();
    let mut taken: Vec<(ExprId, Edge)> = Vec::new();
    while let Some(mut rule) = open.pop() {
        rule.edge = follow(arena, graph, rule.edge);
        // No rule before it holds where a rule is tested.
        rule.cond = taken.iter().fold(rule.cond, |cond, (before, _)| assume(arena, cond, *before, false));
        match inner_rules(arena, graph, &rule) {
            _ if truth(arena, rule.cond) == Some(false) => {}
            Some(inner) if taken.len() + open.len() + inner.len() <= MOST_RULES => open.extend(inner.into_iter().rev()),
            _ => taken.push((rule.cond, rule.edge)),
        }
    }
    choice(arena, own, taken)
}

/// A choice between rules, the last of which always holds, in its simplest form.
pub(super) fn choice(arena: &mut Arena, own: StateId, rules: Vec<(ExprId, Edge)>) -> StateKind {
    let mut rules: Vec<(ExprId, Edge)> =
        rules.into_iter().filter(|(cond, _)| truth(arena, *cond) != Some(false)).collect();
    let first_always = rules.iter().position(|(cond, _)| truth(arena, *cond) == Some(true));
    rules.truncate(first_always.map_or(rules.len(), |index| index + 1));
    let default = rules.pop().map_or_else(|| Edge::to(Target::State(own)), |(_, edge)| edge);
    merge_rules(arena, rules, default)
}

fn truth(arena: &Arena, cond: ExprId) -> Option<bool> {
    arena.literal(cond).and_then(serde_json::Value::as_bool)
}

/// What a rule that leads to a choice comes to, as rules in its place.
fn inner_rules(arena: &mut Arena, graph: &Graph, rule: &Rule) -> Option<Vec<Rule>> {
    let Target::State(id) = rule.edge.target else { return None };
    let Some(StateKind::Choice { rules, default }) = graph.get(id).map(|state| &state.kind) else { return None };
    let ways = rules.iter().map(|(_, way)| way).chain([default]);
    let follows = |way: &Edge| way.can_follow(arena, &rule.edge.assign);
    if rule.passed.contains(&id) || reads_unstable(arena, &rule.edge, rules) || !ways.into_iter().all(follows) {
        return None;
    }
    let values = rule.edge.assign.iter().copied().collect();
    let passed: Vec<StateId> = rule.passed.iter().copied().chain([id]).collect();
    let mut inner = Vec::new();
    for (second, way) in rules {
        let second = arena.substitute(*second, &values);
        let cond = arena.binary(Binary::And, rule.cond, second);
        inner.push(Rule { cond, edge: way.behind(arena, &rule.edge), passed: passed.clone() });
    }
    inner.push(Rule { cond: rule.cond, edge: default.behind(arena, &rule.edge), passed });
    Some(inner)
}

/// Neighbouring rules that lead to the same are one; those that lead where the default leads go away.
fn merge_rules(arena: &mut Arena, rules: Vec<(ExprId, Edge)>, default: Edge) -> StateKind {
    let mut merged: Vec<(ExprId, Edge)> = Vec::new();
    for (cond, edge) in rules {
        let same = merged.last().and_then(|(_, way)| same_way(arena, way, &edge));
        match (same, merged.last_mut()) {
            (Some(same), Some((before, way))) => {
                *before = arena.binary(Binary::Or, *before, cond);
                *way = same;
            }
            _ => merged.push((cond, edge)),
        }
    }
    while merged.last().is_some_and(|(cond, way)| *way == default || fails_alike(arena, *cond, way, &default)) {
        merged.pop();
    }
    if merged.is_empty() {
        return StateKind::Join(default);
    }
    match only_end(arena, &merged, &default) {
        Some(end) => StateKind::Join(Edge::to(Target::End(end))),
        None => informed(arena, merged, default),
    }
}

/// What a machine gives behind a choice whose ways all end it: the choice is part of the value.
fn only_end(arena: &mut Arena, rules: &[(ExprId, Edge)], default: &Edge) -> Option<ExprId> {
    let value = |arena: &Arena, edge: &Edge| match edge.target {
        Target::End(value) if assigns_in_vain(arena, edge) => Some(value),
        Target::End(_) | Target::State(_) | Target::Fail(_) => None,
    };
    let ends = rules.iter().map(|(cond, edge)| Some((*cond, value(arena, edge)?))).collect::<Option<Vec<_>>>()?;
    let last = value(arena, default)?;
    Some(ends.into_iter().rev().fold(last, |otherwise, (cond, then)| arena.if_(cond, then, otherwise)))
}

/// The edge that two are, if they are one; at the end of a machine, apart from what is known of an error on each.
fn same_way(arena: &mut Arena, a: &Edge, b: &Edge) -> Option<Edge> {
    if a == b {
        return Some(b.clone());
    }
    let ends = |edge: &Edge| !matches!(edge.target, Target::State(_)) && assigns_in_vain(arena, edge);
    if !ends(a) || !ends(b) {
        return None;
    }
    let (a, b) = (a.generalised(arena), b.generalised(arena));
    (a.target == b.target).then_some(b)
}

/// Whether the assignments of an edge out of a machine do nothing at all.
pub(super) fn assigns_in_vain(arena: &Arena, edge: &Edge) -> bool {
    edge.assign.iter().all(|(_, value)| arena.is_movable(*value))
}

/// Tells the edges out of choices again what is known on them, where assignments have come to them since.
pub(super) fn inform(arena: &mut Arena, graph: &mut Graph) {
    for state in &mut graph.states {
        match &mut state.kind {
            StateKind::Choice { rules, default } => {
                state.kind = informed(arena, std::mem::take(rules), default.clone());
            }
            StateKind::Work { work, .. } => {
                work.machines_mut().into_iter().for_each(|machine| inform(arena, machine));
            }
            StateKind::Pass(_) | StateKind::Join(_) | StateKind::Succeed(_) | StateKind::Fail(_) => {}
        }
    }
}

/// On the way out by a rule its condition holds, and those of the rules before do not.
fn informed(arena: &mut Arena, rules: Vec<(ExprId, Edge)>, default: Edge) -> StateKind {
    let conditions: Vec<ExprId> = rules.iter().map(|(cond, _)| *cond).collect();
    let mut assume = |edge: &Edge, before: usize, own: Option<ExprId>| {
        edge.map(&mut |value| {
            let value = own.map_or(value, |cond| assume(arena, value, cond, true));
            conditions.iter().take(before).fold(value, |value, cond| assume(arena, value, *cond, false))
        })
    };
    let rules: Vec<(ExprId, Edge)> =
        rules.iter().enumerate().map(|(number, (cond, edge))| (*cond, assume(edge, number, Some(*cond)))).collect();
    let default = assume(&default, rules.len(), None);
    StateKind::Choice { rules, default }
}
