//! Equal states become one: what several ways have in common at their end is there once.
//!
//! Equal are states that do the same and lead to equal states, whatever the variables are called: the ways to the later one
//! assign those of the first. A way that does not make such a value itself does not go there: it would only move it.

use std::collections::{HashMap, HashSet};

use super::{
    graph::{Edge, Graph, State, StateId, StateKind, Target},
    live::{Live, live_states},
};
use crate::ir::{Arena, Expr, ExprId, VarId, visit};

/// Shares equal states of a graph and of the machines inside it.
pub(super) fn share(arena: &Arena, graph: &mut Graph) {
    for state in &mut graph.states {
        if let StateKind::Work { work, .. } = &mut state.kind {
            work.machines_mut().into_iter().for_each(|machine| share(arena, machine));
        }
    }
    while let Some(Twin { first, later, names }) = twin(arena, graph) {
        let redirect = |edge: &mut Edge| {
            if edge.target == Target::State(later) {
                edge.target = Target::State(first);
                rename(edge, &names);
            }
        };
        redirect(&mut graph.entry);
        for state in &mut graph.states {
            state.kind.edges_mut().into_iter().for_each(redirect);
        }
    }
}

/// A state that equals an earlier one.
struct Twin {
    first: StateId,
    later: StateId,
    /// What the earlier one calls the variables that the later one reads.
    names: HashMap<VarId, VarId>,
}

fn twin(arena: &Arena, graph: &Graph) -> Option<Twin> {
    let (order, live) = (graph.reachable(), live_states(arena, graph));
    order.iter().enumerate().find_map(|(number, later)| {
        order.iter().take(number).find_map(|first| {
            let mut comparison = Comparison::new(arena, graph, &live);
            if !comparison.states(*first, *later) {
                return None;
            }
            let mut names = comparison.names;
            let read = live.get(later)?;
            names.retain(|own, _| read.contains(own));
            brings_all(graph, *later, &names).then_some(Twin { first: *first, later: *later, names })
        })
    })
}

/// Whether each way to a state assigns what is called otherwise behind it.
fn brings_all(graph: &Graph, id: StateId, names: &HashMap<VarId, VarId>) -> bool {
    let states = graph.reachable().into_iter().filter_map(|id| graph.get(id));
    let edges = states.flat_map(|state| state.kind.edges()).chain([&graph.entry]);
    edges.filter(|edge| edge.target == Target::State(id)).all(|edge| {
        let brings = |var: &VarId| edge.assign.iter().any(|(assigned, _)| assigned == var);
        names.iter().all(|(own, other)| own == other || brings(own))
    })
}

/// Assigns the variables of the other name.
fn rename(edge: &mut Edge, names: &HashMap<VarId, VarId>) {
    let renamed = |(var, value): &(VarId, ExprId)| Some((*names.get(var)?, *value));
    let mut assign: Vec<(VarId, ExprId)> = edge.assign.iter().filter_map(renamed).collect();
    let others = edge.assign.iter().filter(|(var, _)| !names.contains_key(var)).copied();
    let free: Vec<_> = others.filter(|(var, _)| assign.iter().all(|(taken, _)| taken != var)).collect();
    assign.extend(free);
    edge.assign = assign;
}

/// The comparison of an earlier state with a later one, and of all behind them.
struct Comparison<'a> {
    arena: &'a Arena,
    graph: &'a Graph,
    live: &'a HashMap<StateId, Live>,
    /// Compared already, or being compared.
    pairs: Vec<(StateId, StateId)>,
    compared: HashSet<(ExprId, ExprId)>,
    /// For each variable of the later states, the one of the earlier states.
    names: HashMap<VarId, VarId>,
}

impl<'a> Comparison<'a> {
    fn new(arena: &'a Arena, graph: &'a Graph, live: &'a HashMap<StateId, Live>) -> Self {
        Comparison { arena, graph, live, pairs: Vec::new(), compared: HashSet::new(), names: HashMap::new() }
    }

    fn states(&mut self, first: StateId, later: StateId) -> bool {
        if first == later {
            // It reads the variables by their own names.
            let read: Vec<VarId> = self.live.get(&first).into_iter().flatten().copied().collect();
            return read.into_iter().all(|var| self.vars(var, var));
        }
        if self.pairs.contains(&(first, later)) {
            return true;
        }
        self.pairs.push((first, later));
        match (self.graph.get(first), self.graph.get(later)) {
            (Some(State { kind: first, .. }), Some(State { kind: later, .. })) => self.kinds(first, later),
            _ => false,
        }
    }

    fn kinds(&mut self, first: &StateKind, later: &StateKind) -> bool {
        blank(first) == blank(later)
            && own_values(first).into_iter().zip(own_values(later)).all(|(first, later)| self.values(first, later))
            && first.edges().into_iter().zip(later.edges()).all(|(first, later)| self.edges(first, later))
    }

    fn edges(&mut self, first: &Edge, later: &Edge) -> bool {
        let outputs = match (first.output, later.output) {
            (Some(first), Some(later)) => self.values(first, later),
            (first, later) => first == later,
        };
        let assigned = |this: &mut Self| {
            let mut pairs = first.assign.iter().zip(&later.assign);
            pairs.all(|((var, value), (later, other))| this.values(*value, *other) && this.vars(*var, *later))
        };
        outputs
            && first.assign.len() == later.assign.len()
            && assigned(self)
            && match (&first.target, &later.target) {
                (Target::State(first), Target::State(later)) => self.states(*first, *later),
                (Target::End(first), Target::End(later)) => self.values(*first, *later),
                (first, later) => first == later,
            }
    }

    fn values(&mut self, first: ExprId, later: ExprId) -> bool {
        if !self.compared.insert((first, later)) {
            return true;
        }
        let (mut first, mut later) = (self.arena.get(first).clone(), self.arena.get(later).clone());
        if let (Expr::Var(first), Expr::Var(later)) = (&first, &later) {
            return self.vars(*first, *later);
        }
        let (ours, theirs) = (take_operands(&mut first), take_operands(&mut later));
        first == later
            && ours.len() == theirs.len()
            && ours.into_iter().zip(theirs).all(|(ours, theirs)| self.values(ours, theirs))
    }

    /// Whether a variable can be the other one: each has one partner.
    fn vars(&mut self, first: VarId, later: VarId) -> bool {
        match self.names.get(&later) {
            Some(known) => *known == first,
            None if self.names.values().any(|taken| *taken == first) => false,
            None => {
                self.names.insert(later, first);
                true
            }
        }
    }
}

/// The operands of an expression, which is left without them.
fn take_operands(expr: &mut Expr) -> Vec<ExprId> {
    let mut operands = Vec::new();
    visit::operands_mut(expr, &mut |operand| operands.push(std::mem::replace(operand, ExprId(0))));
    operands
}

fn own_values(kind: &StateKind) -> Vec<ExprId> {
    kind.clone().values_mut().into_iter().map(|value| *value).collect()
}

/// A state without its values and ways.
fn blank(kind: &StateKind) -> StateKind {
    let mut kind = kind.clone();
    kind.values_mut().into_iter().for_each(|value| *value = ExprId(0));
    kind.edges_mut().into_iter().for_each(|edge| *edge = Edge::to(Target::End(ExprId(0))));
    kind
}
