//! Choices behind waits, asked before them.
//!
//! A poll that asks before each turn whether there is one more has a choice behind its wait. Waiting changes nothing that such
//! a choice reads, so the choice before the wait asks as well, and each answer has a wait of its own. A turn takes one
//! transition less, for one state more.

use super::{
    edge::reads_unstable_value,
    graph::{Edge, Graph, State, StateId, StateKind, Target, Work},
    known::is_lasting,
    thread::choice,
};
use crate::ir::{Arena, Binary, ExprId};

/// Asks before the waits of a graph and of the machines inside it, wherever that is possible. Whether it was anywhere.
pub(super) fn ask_before(arena: &mut Arena, graph: &mut Graph) -> bool {
    let mut asked = false;
    for state in &mut graph.states {
        if let StateKind::Work { work, .. } = &mut state.kind {
            work.machines_mut().into_iter().for_each(|machine| asked |= ask_before(arena, machine));
        }
    }
    for wait in graph.reachable() {
        if let Some(question) = question(arena, graph, wait) {
            ask(arena, graph, wait, question);
            asked = true;
        }
    }
    asked
}

/// What a choice behind a wait asks, in terms of the values before the wait, and its ways, behind the wait.
struct Question {
    cond: ExprId,
    yes: Edge,
    no: Edge,
}

fn question(arena: &mut Arena, graph: &Graph, wait: StateId) -> Option<Question> {
    let StateKind::Work { work, next, .. } = &graph.get(wait)?.kind else { return None };
    let Target::State(behind) = next.target else { return None };
    let StateKind::Choice { rules, default } = &graph.get(behind)?.kind else { return None };
    let [(cond, yes)] = rules.as_slice() else { return None };
    let is_wait = matches!(**work, Work::Wait(_) | Work::WaitUntil(_));
    let cond = arena.substitute(*cond, &next.assign.iter().copied().collect());
    let goes_on = |way: &Edge| way.target != Target::State(wait) && way.can_follow(arena, &next.assign);
    if !is_wait || !is_lasting(arena, cond) || !goes_on(yes) || !goes_on(default) {
        return None;
    }
    comes_from_choices(arena, graph, wait, behind, cond).then(|| Question {
        cond,
        yes: yes.behind(arena, next),
        no: default.behind(arena, next),
    })
}

/// Whether all ways to a wait come from choices that can ask the same as the one behind it.
fn comes_from_choices(arena: &Arena, graph: &Graph, wait: StateId, behind: StateId, cond: ExprId) -> bool {
    let target = Target::State(wait);
    let leads = |edge: &&Edge| edge.target == target;
    graph.entry.target != target
        && graph.reachable().into_iter().filter_map(|id| Some((id, graph.get(id)?))).all(|(id, state)| {
            let mut ways = state.kind.edges().into_iter().filter(leads).peekable();
            let can_ask = id != behind && matches!(state.kind, StateKind::Choice { .. });
            ways.peek().is_none() || can_ask && ways.all(|way| !reads_unstable_value(arena, &way.assign, cond))
        })
}

/// Lets the choices before a wait ask, and makes a wait for the answer no.
fn ask(arena: &mut Arena, graph: &mut Graph, wait: StateId, question: Question) {
    let Question { cond, yes, no } = question;
    let Some(State { kind: StateKind::Work { next, .. }, .. }) = graph.states.get_mut(wait.0) else { return };
    *next = yes;
    let Some(mut other) = graph.get(wait).cloned() else { return };
    if let StateKind::Work { next, .. } = &mut other.kind {
        *next = no;
    }
    graph.states.push(other);
    let other = Target::State(StateId(graph.states.len() - 1));
    let always = arena.constant(true);
    for (number, state) in graph.states.iter_mut().enumerate() {
        if state.kind.edges().into_iter().all(|way| way.target != Target::State(wait)) {
            continue;
        }
        let StateKind::Choice { rules, default } = &mut state.kind else { continue };
        let rules = std::mem::take(rules).into_iter().chain([(always, default.clone())]);
        let mut asked = Vec::new();
        for (taken, way) in rules {
            if way.target == Target::State(wait) {
                let cond = arena.substitute(cond, &way.assign.iter().copied().collect());
                asked.push((arena.binary(Binary::And, taken, cond), way.clone()));
                asked.push((taken, Edge { target: other.clone(), ..way }));
            } else {
                asked.push((taken, way));
            }
        }
        state.kind = choice(arena, StateId(number), asked);
    }
}
