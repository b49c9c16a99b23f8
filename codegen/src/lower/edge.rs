//! Edges one after the other.

use std::collections::HashMap;

use super::{
    graph::{Edge, Failure, Origin, Target},
    jsonata::free_vars,
};
use crate::ir::{Arena, Expr, ExprId, VarId};

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
    /// by it, because it would be evaluated again.
    pub(crate) fn can_follow(&self, arena: &Arena, assign: &[(VarId, ExprId)]) -> bool {
        let mut values: Vec<ExprId> = Vec::new();
        self.map(&mut |value| {
            values.push(value);
            value
        });
        !values.into_iter().any(|value| reads_unstable_value(arena, assign, value))
    }

    /// The edge with each of its expressions replaced.
    pub(crate) fn map(&self, replace: &mut dyn FnMut(ExprId) -> ExprId) -> Edge {
        let assign = self.assign.iter().map(|(var, value)| (*var, replace(*value))).collect();
        let target = match &self.target {
            Target::State(id) => Target::State(*id),
            Target::End(value) => Target::End(replace(*value)),
            Target::Fail(Failure { error, cause, origin }) => {
                Target::Fail(Failure { error: replace(*error), cause: replace(*cause), origin: *origin })
            }
        };
        Edge { assign, target, output: self.output.map(replace), origin: self.origin }
    }
}

/// Whether an expression reads a variable that is assigned what differs at each evaluation.
pub(crate) fn reads_unstable_value(arena: &Arena, assign: &[(VarId, ExprId)], value: ExprId) -> bool {
    let unstable = |id| arena.any(id, &mut |expr| matches!(expr, Expr::Call(function, _) if !function.stable));
    let vars: Vec<VarId> = assign.iter().filter(|(_, value)| unstable(*value)).map(|(var, _)| *var).collect();
    !vars.is_empty() && free_vars(arena, value).iter().any(|var| vars.contains(var))
}
