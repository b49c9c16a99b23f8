//! Ends and failures as states.
//!
//! A Task, Parallel, Map, Wait or Pass can be the last state itself. A choice and a catcher lead on: they hand their output to
//! a Succeed that passes it on.

use std::collections::HashSet;

use super::graph::{Catch, Edge, Failure, Graph, Origin, State, StateId, StateKind, Target};
use crate::{
    ir::{Arena, Expr, ExprId, Kind},
    position::Position,
};

/// Finishes a graph that stands at a place, and the machines inside it.
pub(super) fn finish(arena: &mut Arena, graph: &mut Graph, at: Position) {
    let mut added = Added { arena, states: Vec::new(), first: graph.states.len() };
    graph.entry = added.entry(graph.entry.clone(), at);
    for state in &mut graph.states {
        let at = state.at;
        match &mut state.kind {
            StateKind::Work { work, next, catch } => {
                work.machines_mut().into_iter().for_each(|machine| finish(added.arena, machine, at));
                added.last(next, at);
                added.catchers(catch, at);
            }
            StateKind::Pass(next) | StateKind::Join(next) => added.last(next, at),
            StateKind::Choice { rules, default } => {
                rules.iter_mut().for_each(|(_, edge)| added.onward(edge, at));
                added.onward(default, at);
            }
            StateKind::Succeed(_) | StateKind::Fail(_) => {}
        }
    }
    let states = added.states;
    graph.states.extend(states);
}

impl Failure {
    /// Where it stands in the source, at the end of an edge out of a state that stands at `state`.
    fn place(&self, edge: &Edge, state: Position) -> Position {
        self.origin.or(edge.origin).0.unwrap_or(state)
    }
}

struct Added<'a> {
    arena: &'a mut Arena,
    states: Vec<State>,
    first: usize,
}

impl Added<'_> {
    fn state(&mut self, kind: StateKind, at: Position) -> Target {
        let known = self.states.iter().position(|state| state.kind == kind);
        let index = known.unwrap_or_else(|| {
            self.states.push(State::new(kind, at));
            self.states.len() - 1
        });
        Target::State(StateId(self.first + index))
    }

    fn entry(&mut self, edge: Edge, at: Position) -> Edge {
        if !edge.assign.is_empty() && !matches!(edge.target, Target::State(_)) {
            let mut last = edge;
            self.last(&mut last, at);
            return Edge::to(self.state(StateKind::Pass(last), at));
        }
        match edge.target {
            Target::State(_) => edge,
            Target::End(value) => Edge::to(self.state(StateKind::Succeed(Some(value)), at)),
            Target::Fail(ref failure) => {
                let at = failure.place(&edge, at);
                Edge::to(self.state(StateKind::Fail(failure.clone()), at))
            }
        }
    }

    /// The way out of a state that can be the last.
    fn last(&mut self, edge: &mut Edge, at: Position) {
        if let Target::Fail(failure) = edge.target.clone() {
            self.fail(edge, failure, at, false);
        }
    }

    /// The ways through a state's catchers. Where several fail with the same error, its cause is handed on, so that the Fail
    /// state is the same.
    fn catchers(&mut self, catch: &mut [Catch], at: Position) {
        let causes = |error: ExprId| {
            let failures = catch.iter().filter_map(|catch| match &catch.edge.target {
                Target::Fail(failure) if failure.error == error => Some(failure.cause),
                Target::State(_) | Target::End(_) | Target::Fail(_) => None,
            });
            failures.collect::<HashSet<ExprId>>().len()
        };
        let differ: Vec<bool> = catch
            .iter()
            .map(|catch| matches!(&catch.edge.target, Target::Fail(failure) if causes(failure.error) > 1))
            .collect();
        for (Catch { edge, .. }, differs) in catch.iter_mut().zip(differ) {
            match edge.target.clone() {
                Target::Fail(failure) if differs => self.fail(edge, failure, at, true),
                Target::State(_) | Target::End(_) | Target::Fail(_) => self.onward(edge, at),
            }
        }
    }

    /// The way out of a choice or through a catcher.
    fn onward(&mut self, edge: &mut Edge, at: Position) {
        match edge.target.clone() {
            Target::State(_) => {}
            Target::End(value) => {
                edge.output = Some(value);
                edge.target = self.state(StateKind::Succeed(None), at);
            }
            Target::Fail(failure) => self.fail(edge, failure, at, false),
        }
    }

    /// What the Fail state cannot read any more is handed to it as its input, or the cause in any case.
    fn fail(&mut self, edge: &mut Edge, failure: Failure, at: Position, hands_cause: bool) {
        let at = failure.place(edge, at);
        edge.origin = Origin(Some(at));
        let Failure { error, cause, .. } = failure;
        let passes = |arena: &Arena, value: ExprId| {
            arena.any(value, &mut |expr| matches!(expr, Expr::Result | Expr::ErrorOutput | Expr::StateInput))
        };
        let input = self.arena.push(Expr::StateInput);
        let failure = match (passes(self.arena, error), hands_cause || passes(self.arena, cause)) {
            (false, false) => failure,
            (false, true) => {
                edge.output = Some(cause);
                Failure { cause: input, ..failure }
            }
            (true, _) => {
                let fields = vec![("Error".to_owned(), error), ("Cause".to_owned(), cause)];
                edge.output = Some(self.arena.build(Expr::Object(fields)));
                let mut key = |name: &str| {
                    self.arena.build(Expr::Field {
                        base: input,
                        keys: vec![name.to_owned()],
                        default: None,
                        kind: Kind::SCALAR,
                    })
                };
                Failure { error: key("Error"), cause: key("Cause"), ..failure }
            }
        };
        edge.target = self.state(StateKind::Fail(failure), at);
    }
}
