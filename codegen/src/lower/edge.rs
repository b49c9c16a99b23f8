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
        let mut own: Vec<(VarId, ExprId)> =
            self.assign.iter().map(|(var, value)| (*var, arena.substitute(*value, &values))).collect();
        let mut all: Vec<(VarId, ExprId)> =
            assign.iter().filter(|(var, _)| own.iter().all(|(other, _)| other != var)).copied().collect();
        all.append(&mut own);
        let target = match &self.target {
            Target::State(id) => Target::State(*id),
            Target::End(value) => Target::End(arena.substitute(*value, &values)),
            Target::Fail(Failure { error, cause, at }) => Target::Fail(Failure {
                error: arena.substitute(*error, &values),
                cause: arena.substitute(*cause, &values),
                at: *at,
            }),
        };
        Edge { assign: all, target, output: None }
    }
}
