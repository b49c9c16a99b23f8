//! The invariants of a finished graph. A violation is a bug of the compiler, never the user's mistake.
//!
//! * Every edge leads to a state of its own graph.
//! * Every variable that an expression reads is assigned by the machine, or bound by the expression itself.
//! * The result of a state's work is read on the way out of it only, and a caught error on the way through the catcher.

use std::collections::HashSet;

use super::{
    graph::{Edge, Graph, StateKind, Target},
    jsonata::free_vars,
};
use crate::ir::{Arena, Expr, ExprId, VarId};

/// The violations, in words.
pub(super) fn verify(arena: &Arena, graph: &Graph) -> Vec<String> {
    let mut verifier = Verifier { arena, assigned: HashSet::new(), violations: Vec::new() };
    verifier.collect(graph);
    verifier.graph(graph);
    verifier.violations
}

/// Where an expression stands, as far as what it may read depends on it.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    State,
    AfterWork,
    Catcher,
}

struct Verifier<'a> {
    arena: &'a Arena,
    assigned: HashSet<VarId>,
    violations: Vec<String>,
}

impl Verifier<'_> {
    fn collect(&mut self, graph: &Graph) {
        for state in graph.reachable().into_iter().filter_map(|id| graph.get(id)) {
            let edges = state.kind.edges();
            self.assigned.extend(edges.into_iter().flat_map(|edge| &edge.assign).map(|(var, _)| *var));
            if let StateKind::Work { work, .. } = &state.kind {
                work.machines().into_iter().for_each(|machine| self.collect(machine));
            }
        }
    }

    fn graph(&mut self, graph: &Graph) {
        self.edge(graph, &graph.entry, Place::State);
        for state in graph.reachable().into_iter().filter_map(|id| graph.get(id)) {
            state.kind.clone().values_mut().into_iter().for_each(|value| self.value(*value, Place::State));
            match &state.kind {
                StateKind::Work { work, next, catch } => {
                    self.edge(graph, next, Place::AfterWork);
                    catch.iter().for_each(|catch| self.edge(graph, &catch.edge, Place::Catcher));
                    work.machines().into_iter().for_each(|machine| self.graph(machine));
                }
                StateKind::Join(_)
                | StateKind::Pass(_)
                | StateKind::Choice { .. }
                | StateKind::Succeed(_)
                | StateKind::Fail(_) => {
                    state.kind.edges().into_iter().for_each(|edge| self.edge(graph, edge, Place::State));
                }
            }
        }
    }

    fn edge(&mut self, graph: &Graph, edge: &Edge, place: Place) {
        edge.assign.iter().for_each(|(_, value)| self.value(*value, place));
        edge.output.into_iter().for_each(|value| self.value(value, place));
        match &edge.target {
            Target::State(id) if graph.get(*id).is_none() => self.violations.push(format!("{id:?} is not there")),
            Target::State(_) => {}
            Target::End(value) => self.value(*value, place),
            Target::Fail(_) => self.violations.push("a failure is no state".to_owned()),
        }
    }

    fn value(&mut self, value: ExprId, place: Place) {
        for var in free_vars(self.arena, value) {
            if !self.assigned.contains(&var) {
                let name = self.arena.var(var).map_or("", |var| var.name.as_str());
                self.violations.push(format!("nothing assigns `{name}` ({})", var.0));
            }
        }
        self.arena.visit(value, &mut |expr| match expr {
            Expr::Result if place != Place::AfterWork => self.violations.push("a result is read elsewhere".to_owned()),
            Expr::ErrorOutput if place != Place::Catcher => {
                self.violations.push("an error is read elsewhere".to_owned())
            }
            Expr::Block(..) => self.violations.push("a block is left".to_owned()),
            _ => {}
        });
    }
}
