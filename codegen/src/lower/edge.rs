//! Edges one after the other.

use std::collections::HashMap;

use super::graph::{Edge, Failure, Target};
use crate::ir::{Arena, ExprId, VarId};

impl Edge {
    /// An edge without assignments.
    pub(crate) fn to(target: Target) -> Self {
        Edge { assign: Vec::new(), target, output: None }
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

    /// The edge with each of its expressions replaced.
    pub(crate) fn map(&self, replace: &mut dyn FnMut(ExprId) -> ExprId) -> Edge {
        let assign = self.assign.iter().map(|(var, value)| (*var, replace(*value))).collect();
        let target = match &self.target {
            Target::State(id) => Target::State(*id),
            Target::End(value) => Target::End(replace(*value)),
            Target::Fail(Failure { error, cause, at }) => {
                Target::Fail(Failure { error: replace(*error), cause: replace(*cause), at: *at })
            }
        };
        Edge { assign, target, output: self.output.map(replace) }
    }
}
