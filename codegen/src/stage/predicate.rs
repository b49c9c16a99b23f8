//! The functions of `#[serde(skip_serializing_if = …)]`, as expressions.

use super::{Expr, node, recorder};
use crate::{ir::ExprId, pass};

/// What a predicate falls through to when it is not pure.
#[expect(non_camel_case_types, reason = "stands where a function's name would")]
pub struct __c {}

/// A predicate of which no more is known.
pub struct Unknown;

/// What a staged predicate gives.
pub trait Answer {
    /// The condition, where there is one.
    fn condition(self) -> Option<ExprId>;
}

impl __c {
    /// The call of what cannot be staged.
    pub fn stage<A>(_: A) -> Unknown {
        Unknown
    }
}

impl Answer for Unknown {
    fn condition(self) -> Option<ExprId> {
        None
    }
}

impl Answer for Expr<bool> {
    fn condition(self) -> Option<ExprId> {
        Some(self.id())
    }
}

/// The condition that a predicate is.
pub fn condition<A: Answer>(predicate: impl FnOnce() -> A) -> Option<ExprId> {
    let mut is_known = false;
    let closure = node::closure(|| {
        let condition = predicate().condition();
        is_known = condition.is_some();
        condition.unwrap_or_else(node::null)
    });
    is_known.then(|| recorder::with(|recorder| pass::closure(&mut recorder.arena, closure)))
}
