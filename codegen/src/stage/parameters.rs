//! The parameters of a staged function.

use super::{Builder, Expr, node};
use crate::ir::ExprId;

/// `Builder`, `(Builder, Expr<A>)`, `((Builder, Expr<A>), Expr<B>)`, …: the builder, and after it the parameters one by one.
pub trait Parameters: Sized {
    /// As many as there are; one that is missing is `null`.
    fn from_ids(ids: &mut impl Iterator<Item = ExprId>) -> Self;

    /// What they stand for, in order.
    fn ids(self) -> Vec<ExprId>;
}

impl Parameters for Builder {
    fn from_ids(_: &mut impl Iterator<Item = ExprId>) -> Self {
        Builder
    }

    fn ids(self) -> Vec<ExprId> {
        Vec::new()
    }
}

impl<P: Parameters, T> Parameters for (P, Expr<T>) {
    fn from_ids(ids: &mut impl Iterator<Item = ExprId>) -> Self {
        let before = P::from_ids(ids);
        (before, Expr::from_id(ids.next().unwrap_or_else(node::null)))
    }

    fn ids(self) -> Vec<ExprId> {
        let mut ids = self.0.ids();
        ids.push(self.1.id());
        ids
    }
}
