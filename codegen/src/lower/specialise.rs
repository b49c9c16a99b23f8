//! States on ways that know more.
//!
//! `let outcome = refuse(name).await; shout(..).await; outcome`: whether `outcome` is an error is known on each way to
//! `shout`, and decided again behind it. A state is made once for each kind of way to it when that spares the choice behind
//! it. What is known is the make-up of a value (a variant, `Ok` or `Err`, a flag), never a number: loops are not unrolled.

use serde_json::Value;

use super::{
    graph::{Edge, Graph, State, StateId, StateKind, Target},
    thread::follow,
};
use crate::ir::{Arena, Expr, ExprId, Kind, VarId};

/// How many states may be added.
const MOST_CLONES: usize = 24;

/// How many states may lie between where something is known and the choice that asks for it.
const FARTHEST: usize = 3;

/// What is known of variables.
pub(super) type Facts = Vec<(VarId, ExprId)>;

/// Specialises a graph and the machines inside it.
pub(super) fn specialise(arena: &mut Arena, graph: &mut Graph) {
    for state in &mut graph.states {
        if let StateKind::Work { work, .. } = &mut state.kind {
            work.machines_mut().into_iter().for_each(|machine| specialise(arena, machine));
        }
    }
    let mut clones = 0;
    let mut done = std::collections::HashSet::new();
    while let Some(id) = graph.reachable().into_iter().find(|id| !done.contains(id)) {
        done.insert(id);
        if matches!(graph.get(id), Some(State { kind: StateKind::Work { .. }, .. })) {
            split(arena, graph, id, &mut clones);
        }
    }
}

/// Gives each kind of way to a state its own copy of it, where that decides something behind it. The state itself stays as
/// it is, for ways that know nothing; where there are none, nothing leads to it any more. A copy may lead back: such ways
/// are looked at again.
fn split(arena: &mut Arena, graph: &mut Graph, id: StateId, clones: &mut usize) {
    let mut copies: Vec<(Facts, StateId)> = Vec::new();
    while let Some((place, facts)) = telling_way(arena, graph, id) {
        let known = copies.iter().find(|(known, _)| *known == facts).map(|(_, copy)| *copy);
        let copy = match known {
            Some(copy) => copy,
            None if *clones == MOST_CLONES => return,
            None => {
                *clones += 1;
                let Some(mut copy) = graph.get(id).cloned() else { return };
                learn(arena, graph, &mut copy, &facts);
                graph.states.push(copy);
                let new = StateId(graph.states.len() - 1);
                copies.push((facts, new));
                new
            }
        };
        if let Some(edge) = edge_at(graph, place) {
            edge.target = Target::State(copy);
        }
    }
}

/// A way to a state that knows what decides something behind it.
fn telling_way(arena: &mut Arena, graph: &Graph, id: StateId) -> Option<(Place, Facts)> {
    ways_to(graph, id).into_iter().find_map(|(place, edge)| {
        let facts = facts(arena, &edge);
        decides(arena, graph, id, &facts).then_some((place, facts))
    })
}

/// An edge: the entry, or one out of a state.
#[derive(Clone, Copy)]
enum Place {
    Entry,
    Out(StateId, usize),
}

/// The ways to a state.
fn ways_to(graph: &Graph, id: StateId) -> Vec<(Place, Edge)> {
    let target = Target::State(id);
    let out =
        graph.reachable().into_iter().filter_map(|from| Some((from, graph.get(from)?))).flat_map(|(from, state)| {
            state.kind.edges().into_iter().enumerate().map(move |(index, edge)| (Place::Out(from, index), edge.clone()))
        });
    std::iter::once((Place::Entry, graph.entry.clone())).chain(out).filter(|(_, edge)| edge.target == target).collect()
}

/// The edge at a place, to be changed.
fn edge_at(graph: &mut Graph, place: Place) -> Option<&mut Edge> {
    match place {
        Place::Entry => Some(&mut graph.entry),
        Place::Out(from, index) => graph.states.get_mut(from.0)?.kind.edges_mut().into_iter().nth(index),
    }
}

/// What is known of the variables that an edge assigns: each as its own value of known make-up.
pub(super) fn facts(arena: &mut Arena, edge: &Edge) -> Facts {
    let assign = edge.assign.clone();
    let known = assign.into_iter().filter_map(|(var, value)| {
        let own = arena.push(Expr::Var(var));
        let form = skeleton(arena, own, value, 0)?;
        Some((var, arena.push(Expr::Known { value: own, form })))
    });
    known.collect()
}

/// The make-up of `value`, with its parts read from `own`.
fn skeleton(arena: &mut Arena, own: ExprId, value: ExprId, depth: usize) -> Option<ExprId> {
    match arena.get(arena.form(value)).clone() {
        Expr::Literal(constant @ (Value::Null | Value::Bool(_))) => Some(arena.constant(constant)),
        Expr::Literal(Value::String(text)) if depth > 0 => Some(arena.constant(text)),
        Expr::Literal(Value::Object(fields)) => {
            let fields = fields.into_iter().map(|(key, value)| (key, arena.constant(value))).collect();
            Some(object(arena, own, fields, depth))
        }
        Expr::Object(fields) => Some(object(arena, own, fields, depth)),
        _ => None,
    }
}

fn object(arena: &mut Arena, own: ExprId, fields: Vec<(String, ExprId)>, depth: usize) -> ExprId {
    let fields = fields.into_iter().map(|(key, value)| {
        // On other ways it may be `null`.
        let kind = Kind { nullable: true, ..arena.kind(value) };
        let part = arena.push(Expr::Field { base: own, keys: vec![key.clone()], default: None, kind });
        let form = skeleton(arena, part, value, depth + 1);
        let part = match form {
            Some(form) => arena.push(Expr::Known { value: part, form }),
            None => part,
        };
        (key, part)
    });
    let fields = fields.collect();
    arena.push(Expr::Object(fields))
}

/// Whether what is known before a state decides a choice that lies open behind it: one that what the states on the way there
/// assign does not decide by itself.
fn decides(arena: &mut Arena, graph: &Graph, id: StateId, known: &Facts) -> bool {
    let (mut at, mut known, mut anyway) = (id, known.clone(), Facts::new());
    for _ in 0..FARTHEST {
        let Some(StateKind::Work { next, .. }) = graph.get(at).map(|state| state.kind.clone()) else { return false };
        let mut led = |facts: &Facts| {
            let informed = next.after(arena, facts);
            follow(arena, graph, informed)
        };
        let (knowing, unknowing) = (led(&known), led(&anyway));
        match (&knowing.target, &unknowing.target) {
            (Target::State(told), Target::State(untold)) if told == untold => at = *told,
            (told, untold) => return !same_place(told, untold),
        }
        (known, anyway) = (facts(arena, &knowing), facts(arena, &unknowing));
        if known == anyway {
            return false;
        }
    }
    false
}

fn same_place(a: &Target, b: &Target) -> bool {
    match (a, b) {
        (Target::State(a), Target::State(b)) => a == b,
        (Target::End(_), Target::End(_)) | (Target::Fail(_), Target::Fail(_)) => true,
        _ => false,
    }
}

/// The state's ways out, knowing the facts. They stay on the edges as assignments of a variable to itself, for the states
/// behind; dropping dead assignments drops them.
fn learn(arena: &mut Arena, graph: &Graph, state: &mut State, facts: &Facts) {
    if facts.is_empty() {
        return;
    }
    for edge in state.kind.edges_mut() {
        let informed = edge.after(arena, facts);
        *edge = follow(arena, graph, informed);
    }
}
