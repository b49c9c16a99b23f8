//! Which variables are read later: assignments that nothing reads go away, unless their values may panic.

use std::collections::{HashMap, HashSet};

use super::{
    graph::{Edge, Graph, State, StateId, StateKind, Target},
    jsonata::{evaluates, free_vars},
};
use crate::ir::{Arena, Expr, ExprId, VarId};

pub(super) type Live = HashSet<VarId>;

/// Drops dead assignments from a graph and the machines inside it.
pub(super) fn drop_dead(arena: &Arena, graph: &mut Graph) {
    let live = live_states(arena, graph);
    let keep = |edge: &mut Edge, evaluated: &[ExprId]| {
        let live = match edge.target {
            Target::State(id) => live.get(&id),
            Target::End(_) | Target::Fail(_) => None,
        };
        let is_live = |var: &VarId| live.is_some_and(|live| live.contains(var));
        let assigned = edge.assign.iter().filter(|(var, _)| is_live(var)).map(|(_, value)| *value);
        let read: Vec<ExprId> = assigned.chain(edge.ends()).chain(evaluated.iter().copied()).collect();
        edge.assign.retain(|(var, value)| {
            let missed = |part: &ExprId| !read.iter().any(|other| evaluates(arena, *other, *part));
            (is_live(var) || arena.evaluated_checks(*value).iter().any(missed)) && !is_itself(arena, *var, *value)
        });
    };
    keep(&mut graph.entry, &[]);
    for state in &mut graph.states {
        let evaluated: Vec<ExprId> = state.kind.values_mut().into_iter().map(|value| *value).collect();
        // A choice asks its conditions one after the other.
        let asks = matches!(state.kind, StateKind::Choice { .. });
        for (number, edge) in state.kind.edges_mut().into_iter().enumerate() {
            let before = if asks { evaluated.len().min(number + 1) } else { evaluated.len() };
            keep(edge, evaluated.get(..before).unwrap_or_default());
        }
        if let StateKind::Work { work, .. } = &mut state.kind {
            work.machines_mut().into_iter().for_each(|machine| drop_dead(arena, machine));
        }
    }
}

fn is_itself(arena: &Arena, var: VarId, value: ExprId) -> bool {
    match arena.get(value) {
        Expr::Var(same) => *same == var,
        Expr::Known { value, .. } => is_itself(arena, var, *value),
        _ => false,
    }
}

/// The variables that are read in or after each state.
pub(super) fn live_states(arena: &Arena, graph: &Graph) -> HashMap<StateId, Live> {
    let order = graph.reachable();
    let mut live: HashMap<StateId, Live> = HashMap::new();
    loop {
        let mut changed = false;
        for id in order.iter().rev() {
            let Some(state) = graph.get(*id) else { continue };
            let mut now = own_reads(arena, state);
            for edge in state.kind.edges() {
                now.extend(edge_reads(arena, edge, &live));
            }
            let before = live.entry(*id).or_default();
            changed |= now.len() != before.len();
            *before = now;
        }
        if !changed {
            return live;
        }
    }
}

/// What a state and the machines inside it read.
fn own_reads(arena: &Arena, state: &State) -> Live {
    let mut reads = Live::new();
    state.kind.clone().values_mut().into_iter().for_each(|value| reads.extend(free_vars(arena, *value)));
    if let StateKind::Work { work, .. } = &state.kind {
        for machine in work.machines() {
            reads.extend(machine_reads(arena, machine));
        }
    }
    reads
}

/// What a machine reads; its own variables among them, which no one else knows.
pub(super) fn machine_reads(arena: &Arena, graph: &Graph) -> Live {
    let live = live_states(arena, graph);
    let mut reads: Live = edge_reads(arena, &graph.entry, &live).collect();
    for id in graph.reachable() {
        reads.extend(live.get(&id).into_iter().flatten());
    }
    reads
}

fn edge_reads<'a>(
    arena: &'a Arena,
    edge: &'a Edge,
    live: &'a HashMap<StateId, Live>,
) -> impl Iterator<Item = VarId> + 'a {
    let behind = match &edge.target {
        Target::State(id) => live.get(id),
        Target::End(_) | Target::Fail(_) => None,
    };
    let is_live = move |var: &VarId| behind.is_some_and(|behind| behind.contains(var));
    let assigned: Vec<VarId> = edge.assign.iter().map(|(var, _)| *var).collect();
    let is_read = move |(var, value): &&(VarId, ExprId)| is_live(var) || arena.may_panic(*value);
    let values = edge.assign.iter().filter(is_read).map(|(_, value)| *value);
    let through = behind.into_iter().flatten().copied().filter(move |var| !assigned.contains(var));
    values.chain(edge.ends()).flat_map(|value| free_vars(arena, value)).chain(through)
}
