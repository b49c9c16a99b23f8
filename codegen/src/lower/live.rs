//! Which variables are read later: assignments that nothing reads go away.

use std::collections::{HashMap, HashSet};

use super::{
    graph::{Edge, Graph, State, StateId, Target},
    jsonata::free_vars,
};
use crate::ir::{Arena, Expr, ExprId, VarId};

type Live = HashSet<VarId>;

/// Drops dead assignments from a graph and the machines inside it.
pub(super) fn drop_dead(arena: &Arena, graph: &mut Graph) {
    let live = live_states(arena, graph);
    let keep = |edge: &mut Edge| {
        let live = match edge.target {
            Target::State(id) => live.get(&id),
            Target::End(_) | Target::Fail(_) => None,
        };
        edge.assign
            .retain(|(var, value)| live.is_some_and(|live| live.contains(var)) && !is_itself(arena, *var, *value));
    };
    keep(&mut graph.entry);
    for state in &mut graph.states {
        state.kind.edges_mut().into_iter().for_each(keep);
        if let super::graph::StateKind::Work { work, .. } = &mut state.kind {
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
fn live_states(arena: &Arena, graph: &Graph) -> HashMap<StateId, Live> {
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
    if let super::graph::StateKind::Work { work, .. } = &state.kind {
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
    let (ends, behind): (Vec<ExprId>, Option<&Live>) = match &edge.target {
        Target::State(id) => (Vec::new(), live.get(id)),
        Target::End(value) => (vec![*value], None),
        Target::Fail(failure) => (vec![failure.error, failure.cause], None),
    };
    let is_live = move |var: &VarId| behind.is_some_and(|behind| behind.contains(var));
    let assigned: Vec<VarId> = edge.assign.iter().map(|(var, _)| *var).collect();
    let values = edge.assign.iter().filter(move |(var, _)| is_live(var)).map(|(_, value)| *value);
    let through = behind.into_iter().flatten().copied().filter(move |var| !assigned.contains(var));
    values.chain(ends).chain(edge.output).flat_map(|value| free_vars(arena, value)).chain(through)
}
