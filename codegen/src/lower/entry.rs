//! What the entry of a machine assigns.
//!
//! No state comes before the entry, so nothing could assign there. Its values are read where they are needed in the first
//! state, and assigned by that state on its way out. Where the first state is the head of a loop, it reads a variable that
//! may not be there yet: `$exists($count) ? $count : 0`. Only where a value has to be computed before the first state, a Pass
//! is needed.

use std::collections::HashMap;

use super::{
    graph::{Edge, Graph, State, StateId, StateKind, Target},
    guarded::takes_evaluation_errors,
    inner::hand_in,
};
use crate::ir::{Arena, Expr, ExprId, Function, Kind, VarId};

/// Settles the entries of a graph and of the machines inside it.
pub(super) fn settle(arena: &mut Arena, graph: &mut Graph) {
    let alone = is_entered_once(graph);
    if alone && needs_no_pass(arena, graph) {
        hand_in(arena, graph);
    }
    for state in &mut graph.states {
        if let StateKind::Work { work, .. } = &mut state.kind {
            work.machines_mut().into_iter().for_each(|machine| settle(arena, machine));
        }
    }
    let Target::State(first) = graph.entry.target else { return };
    if graph.entry.assign.is_empty() {
        return;
    }
    let mut assign = std::mem::take(&mut graph.entry.assign);
    for (_, value) in &mut assign {
        *value = before_all(arena, *value);
    }
    let Some(state) = graph.get(first).cloned() else { return };
    if !can_move(arena, &state, &assign) {
        let at = state.at;
        graph.states.push(State::new(StateKind::Pass(Edge { assign, ..Edge::to(Target::State(first)) }), at));
        graph.entry.target = Target::State(StateId(graph.states.len() - 1));
        return;
    }
    let assign = if alone { assign } else { assign.into_iter().map(|first| unless_there(arena, first)).collect() };
    let state = carry(arena, state, &assign);
    if let Some(slot) = graph.states.get_mut(first.0) {
        *slot = state;
    }
}

/// Whether no way leads back to a machine's first state.
fn is_entered_once(graph: &Graph) -> bool {
    match graph.entry.target {
        Target::State(first) => graph.incoming().get(&first).copied().unwrap_or(0) <= 1,
        Target::End(_) | Target::Fail(_) => true,
    }
}

/// Whether a machine's first state can compute what the entry assigns: then the machines inside it need values that no
/// variable holds yet.
fn needs_no_pass(arena: &Arena, graph: &Graph) -> bool {
    let Target::State(first) = graph.entry.target else { return false };
    let assign = &graph.entry.assign;
    graph.get(first).is_some_and(|state| assign.iter().all(|(var, value)| is_safe(arena, state, *var, *value)))
}

/// A value at the entry, where no variable is there yet.
fn before_all(arena: &mut Arena, value: ExprId) -> ExprId {
    arena.rewrite(value, &mut |arena, expr| match expr {
        Expr::Call(function, arguments) if function.name == "exists" => match arguments.as_slice() {
            [variable] if matches!(arena.get(*variable), Expr::Var(_)) => Some(arena.constant(false)),
            _ => None,
        },
        _ => None,
    })
}

/// The value of a variable that is there from the second round on.
fn unless_there(arena: &mut Arena, (var, first): (VarId, ExprId)) -> (VarId, ExprId) {
    let read = arena.push(Expr::Var(var));
    let exists = arena.call(Function { name: "exists", kind: Kind::SCALAR, stable: true }, vec![read]);
    (var, arena.if_(exists, read, first))
}

/// Whether the values may be computed by the first state.
fn can_move(arena: &Arena, state: &State, assign: &[(VarId, ExprId)]) -> bool {
    assign.iter().all(|(var, value)| {
        let inside = reads_state_input(arena, *value) && read_inside(arena, state, *var);
        !inside && is_safe(arena, state, *var, *value)
    })
}

/// Whether the first state may compute a value itself. One that can fail must be computed before the state's work begins; one
/// that differs each time cannot be computed twice.
fn is_safe(arena: &Arena, state: &State, var: VarId, value: ExprId) -> bool {
    let guarded = match &state.kind {
        StateKind::Work { work, catch, .. } => takes_evaluation_errors(work, catch),
        _ => false,
    };
    arena.is_stable(value) && (arena.is_movable(value) || !guarded && read_first(arena, state, var))
}

/// Whether a value reads the input of the state that evaluates it.
pub(super) fn reads_state_input(arena: &Arena, value: ExprId) -> bool {
    arena.any(value, &mut |expr| matches!(expr, Expr::StateInput))
}

fn read_first(arena: &Arena, state: &State, var: VarId) -> bool {
    state
        .kind
        .clone()
        .values_mut()
        .first()
        .is_some_and(|value| super::jsonata::free_vars(arena, **value).contains(&var))
}

fn read_inside(arena: &Arena, state: &State, var: VarId) -> bool {
    match &state.kind {
        StateKind::Work { work, .. } => {
            work.machines().into_iter().any(|machine| super::live::machine_reads(arena, machine).contains(&var))
        }
        _ => false,
    }
}

/// The state with the values in place of the variables, and the assignments on its ways out.
fn carry(arena: &mut Arena, mut state: State, assign: &[(VarId, ExprId)]) -> State {
    let values: HashMap<VarId, ExprId> = assign.iter().copied().collect();
    for value in state.kind.values_mut() {
        *value = arena.substitute(*value, &values);
    }
    if let StateKind::Work { work, .. } = &mut state.kind {
        work.machines_mut().into_iter().for_each(|machine| substitute(arena, machine, &values));
    }
    for edge in state.kind.edges_mut() {
        *edge = edge.after(arena, assign);
    }
    state
}

/// A machine inside reads the values themselves: the state's own assignments come after it.
pub(super) fn substitute(arena: &mut Arena, graph: &mut Graph, values: &HashMap<VarId, ExprId>) {
    let edge = |arena: &mut Arena, edge: &mut Edge| {
        let own = edge.clone();
        let pairs: Vec<(VarId, ExprId)> = values.iter().map(|(var, value)| (*var, *value)).collect();
        *edge = own.after(arena, &pairs);
        edge.assign.retain(|(var, _)| own.assign.iter().any(|(other, _)| other == var));
    };
    edge(arena, &mut graph.entry);
    for state in &mut graph.states {
        for value in state.kind.values_mut() {
            *value = arena.substitute(*value, values);
        }
        for way in state.kind.edges_mut() {
            edge(arena, way);
        }
        if let StateKind::Work { work, .. } = &mut state.kind {
            work.machines_mut().into_iter().for_each(|machine| substitute(arena, machine, values));
        }
    }
}
