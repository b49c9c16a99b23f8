//! The parameters of a staged function.

use super::{Builder, Expr, Operands, node};
use crate::ir::ExprId;

/// `Builder`, `(Builder, Expr<A>)`, `((Builder, Expr<A>), Expr<B>)`, …: the builder, and after it the parameters one by one.
pub trait Parameters: Operands + Sized {
    /// As many as there are; one that is missing is `null`.
    fn from_ids(ids: &mut impl Iterator<Item = ExprId>) -> Self;
}

impl Parameters for Builder {
    fn from_ids(_: &mut impl Iterator<Item = ExprId>) -> Self {
        Builder
    }
}

impl<P: Parameters, T> Parameters for (P, Expr<T>) {
    fn from_ids(ids: &mut impl Iterator<Item = ExprId>) -> Self {
        let before = P::from_ids(ids);
        (before, Expr::from_id(ids.next().unwrap_or_else(node::null)))
    }
}
