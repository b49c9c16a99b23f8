//! What is known in each state, whichever way led to it.
//!
//! A rule that was taken held, those before it did not, and a value that was assigned has a known make-up, until a variable
//! that it reads is assigned again. What all ways to a state know holds in it: its expressions and its choices are
//! simplified by it.

use std::collections::HashMap;

use super::{
    graph::{Edge, Graph, State, StateId, StateKind, Target},
    jsonata::free_vars,
    specialise,
};
use crate::{
    ir::{Arena, Expr, ExprId, VarId},
    pass::{assume, decided},
};

/// What is known at a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Facts {
    /// Conditions that hold or do not.
    pub(super) conditions: Vec<(ExprId, bool)>,
    /// Variables, each as its own value of known make-up.
    values: Vec<(VarId, ExprId)>,
}

/// Simplifies a graph, and the machines inside it, by what is known in its states; says whether that changed what any choice
/// asks.
pub(super) fn decide(arena: &mut Arena, graph: &mut Graph) -> bool {
    decide_knowing(arena, graph, &Facts::default())
}

fn decide_knowing(arena: &mut Arena, graph: &mut Graph, outside: &Facts) -> bool {
    let known = survey(arena, graph, outside);
    let mut decided = false;
    for id in graph.reachable() {
        let (Some(facts), Some(State { kind, .. })) = (known.get(&id), graph.states.get_mut(id.0)) else { continue };
        if facts != &Facts::default() {
            let asked = conditions(kind);
            for value in kind.values_mut() {
                *value = facts.apply(arena, *value);
            }
            for edge in kind.edges_mut() {
                *edge = edge.map(&mut |value| facts.apply(arena, value));
            }
            decided |= asked != conditions(kind);
        }
        if let StateKind::Work { work, .. } = kind {
            for machine in work.machines_mut() {
                decided |= decide_knowing(arena, machine, facts);
            }
        }
    }
    decided
}

/// What a choice asks.
fn conditions(kind: &StateKind) -> Vec<ExprId> {
    match kind {
        StateKind::Choice { rules, .. } => rules.iter().map(|(cond, _)| *cond).collect(),
        _ => Vec::new(),
    }
}

/// What all ways to each state know.
pub(super) fn survey(arena: &mut Arena, graph: &Graph, outside: &Facts) -> HashMap<StateId, Facts> {
    let mut known: HashMap<StateId, Facts> = HashMap::new();
    arrive(arena, &mut known, &graph.entry, outside.clone());
    let order = graph.reachable();
    loop {
        let mut changed = false;
        for id in &order {
            let (Some(facts), Some(state)) = (known.get(id).cloned(), graph.get(*id)) else { continue };
            let mut facts = facts;
            match &state.kind {
                StateKind::Choice { rules, default } => {
                    for (cond, edge) in rules {
                        let mut taken = facts.clone();
                        taken.learn(arena, *cond, true);
                        changed |= arrive(arena, &mut known, edge, taken);
                        facts.learn(arena, *cond, false);
                    }
                    changed |= arrive(arena, &mut known, default, facts);
                }
                kind => {
                    for edge in kind.edges() {
                        changed |= arrive(arena, &mut known, edge, facts.clone());
                    }
                }
            }
        }
        if !changed {
            return known;
        }
    }
}

/// Takes the facts before an edge along it, and leaves at its end what the ways there have in common. Whether that is news.
fn arrive(arena: &mut Arena, known: &mut HashMap<StateId, Facts>, edge: &Edge, mut facts: Facts) -> bool {
    let Target::State(id) = edge.target else { return false };
    let assigned: Vec<VarId> = edge.assign.iter().map(|(var, _)| *var).collect();
    facts.forget(arena, &assigned);
    facts.values.extend(specialise::facts(arena, edge));
    match known.get_mut(&id) {
        Some(before) => {
            let count = before.conditions.len() + before.values.len();
            before.conditions.retain(|fact| facts.conditions.contains(fact));
            before.values.retain(|fact| facts.values.contains(fact));
            before.conditions.len() + before.values.len() != count
        }
        None => {
            known.insert(id, facts);
            true
        }
    }
}

impl Facts {
    /// Adds that a condition holds or does not, if it means the same in the states behind.
    fn learn(&mut self, arena: &Arena, cond: ExprId, holds: bool) {
        for fact in decided(arena, cond, holds) {
            if is_lasting(arena, fact.0) && !self.conditions.contains(&fact) {
                self.conditions.push(fact);
            }
        }
    }

    /// Drops what was known of variables that are assigned.
    fn forget(&mut self, arena: &Arena, assigned: &[VarId]) {
        self.conditions.retain(|(cond, _)| !free_vars(arena, *cond).iter().any(|var| assigned.contains(var)));
        self.values.retain(|(var, _)| !assigned.contains(var));
    }

    /// An expression, with what is known.
    fn apply(&self, arena: &mut Arena, value: ExprId) -> ExprId {
        let value = arena.rewrite(value, &mut |arena, expr| match expr {
            Expr::Var(var) => self.values.iter().find(|(known, _)| known == var).map(|(_, value)| *value),
            // It knows its make-up already.
            Expr::Known { .. } => Some(arena.push(expr.clone())),
            _ => None,
        });
        self.conditions.iter().fold(value, |value, (cond, holds)| assume(arena, value, *cond, *holds))
    }
}

/// Whether an expression means the same in each state until its variables are assigned.
pub(super) fn is_lasting(arena: &Arena, value: ExprId) -> bool {
    let of_state = |expr: &Expr| matches!(expr, Expr::StateInput | Expr::Result | Expr::ErrorOutput | Expr::Context(_));
    arena.is_movable(value) && !arena.any(value, &mut |expr| of_state(expr))
}
