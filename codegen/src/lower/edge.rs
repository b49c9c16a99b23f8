//! Edges one after the other.

use std::collections::HashMap;

use super::{
    graph::{Edge, Failure, Origin, Target},
    jsonata::free_vars,
};
use crate::ir::{Arena, Expr, ExprId, VarId, visit};

impl Edge {
    /// An edge without assignments.
    pub(crate) fn to(target: Target) -> Self {
        Edge { assign: Vec::new(), target, output: None, origin: Origin::default() }
    }

    /// This edge with `assign` done before it, as one edge.
    pub(crate) fn after(&self, arena: &mut Arena, assign: &[(VarId, ExprId)]) -> Edge {
        if assign.is_empty() {
            return self.clone();
        }
        let values: HashMap<VarId, ExprId> = assign.iter().copied().collect();
        let own = self.map(&mut |value| arena.substitute(value, &values));
        let kept = assign.iter().filter(|(var, _)| own.assign.iter().all(|(other, _)| other != var));
        let all = kept.chain(&own.assign).copied().collect();
        Edge { assign: all, ..own }
    }

    /// This edge behind another one that leads to where it begins, as one edge.
    pub(crate) fn behind(&self, arena: &mut Arena, before: &Edge) -> Edge {
        Edge { origin: self.origin.or(before.origin), ..self.after(arena, &before.assign) }
    }

    /// Whether `assign` may be done before this edge as one with it: a value that differs at each evaluation may not be read
    /// by it, because it would be evaluated again. Out of the machine, where nothing reads a variable any more, what the
    /// machine gives may read it once.
    pub(crate) fn can_follow(&self, arena: &Arena, assign: &[(VarId, ExprId)]) -> bool {
        let most = if matches!(self.target, Target::State(_)) { 0 } else { 1 };
        let assigned = self.assign.iter().map(|(_, value)| *value).filter(|value| most == 0 || arena.may_panic(*value));
        let values: Vec<ExprId> = self.ends().into_iter().chain(assigned).collect();
        unstable(arena, assign).all(|var| values.iter().map(|value| reads(arena, *value, var)).sum::<usize>() <= most)
    }

    /// What the edge evaluates besides its assignments.
    pub(crate) fn ends(&self) -> Vec<ExprId> {
        match &self.target {
            Target::State(_) => self.output.into_iter().collect(),
            Target::End(value) => vec![*value],
            Target::Fail(failure) => vec![failure.error, failure.cause],
        }
    }

    /// All that the edge evaluates.
    pub(crate) fn values(&self) -> Vec<ExprId> {
        let mut values: Vec<ExprId> = self.assign.iter().map(|(_, value)| *value).chain(self.output).collect();
        match &self.target {
            Target::State(_) => {}
            Target::End(value) => values.push(*value),
            Target::Fail(failure) => values.extend([failure.error, failure.cause]),
        }
        values
    }

    /// Whether the edge reads the input of the state that it leaves.
    pub(crate) fn reads_input(&self, arena: &Arena) -> bool {
        self.values().into_iter().any(|value| arena.any(value, &mut |expr| matches!(expr, Expr::StateInput)))
    }

    /// The edge without what a catcher's names tell of the error.
    pub(crate) fn generalised(&self, arena: &mut Arena) -> Edge {
        self.map(&mut |id| {
            arena.rewrite(id, &mut |_, expr| match expr {
                Expr::Known { value, .. } => Some(*value),
                _ => None,
            })
        })
    }

    /// The edge with each of its expressions replaced.
    pub(crate) fn map(&self, replace: &mut dyn FnMut(ExprId) -> ExprId) -> Edge {
        let assign = self.assign.iter().map(|(var, value)| (*var, replace(*value))).collect();
        let target = match &self.target {
            Target::State(id) => Target::State(*id),
            Target::End(value) => Target::End(replace(*value)),
            Target::Fail(failure) => {
                let (error, cause) = (replace(failure.error), replace(failure.cause));
                Target::Fail(Failure { error, cause, ..failure.clone() })
            }
        };
        Edge { assign, target, output: self.output.map(replace), origin: self.origin }
    }
}

/// Whether an expression reads a variable that is assigned what differs at each evaluation.
pub(crate) fn reads_unstable_value(arena: &Arena, assign: &[(VarId, ExprId)], value: ExprId) -> bool {
    unstable(arena, assign).any(|var| reads(arena, value, var) > 0)
}

/// The variables that are assigned what differs at each evaluation.
fn unstable(arena: &Arena, assign: &[(VarId, ExprId)]) -> impl Iterator<Item = VarId> {
    assign.iter().filter(|(_, value)| !arena.is_stable(*value)).map(|(var, _)| *var)
}

/// How often evaluating an expression reads a variable, at the most; what is evaluated again and again counts twice.
pub(crate) fn reads(arena: &Arena, value: ExprId, var: VarId) -> usize {
    if !free_vars(arena, value).contains(&var) {
        return 0;
    }
    match arena.get(value) {
        Expr::Var(_) => 1,
        Expr::Map { .. } | Expr::Filter { .. } | Expr::Fold { .. } | Expr::Sort { .. } | Expr::Iterate { .. } => 2,
        expr => {
            let mut count = 0;
            visit::operands(expr, &mut |operand| count += reads(arena, operand, var));
            count
        }
    }
}
