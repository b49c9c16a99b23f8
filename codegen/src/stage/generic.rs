//! Methods of values of every type: conversions, most of which change nothing in JSON.

use super::{
    Expr, Show, StagedFrom, node, number,
    operators::{Int, Num},
    result,
};
use crate::ir::ExprId;

#[expect(clippy::should_implement_trait, reason = "named after the methods that they stand for")]
impl<T> Expr<T> {
    /// `clone()`
    #[must_use]
    pub fn clone(self) -> Self {
        self
    }

    /// `to_owned()`
    #[must_use]
    pub fn to_owned(self) -> Self {
        self
    }

    /// `as_ref()`
    #[must_use]
    pub fn as_ref(self) -> Self {
        self
    }

    /// `borrow()`
    #[must_use]
    pub fn borrow(self) -> Self {
        self
    }

    /// `into()`
    #[must_use]
    pub fn into<U: StagedFrom<T>>(self) -> Expr<U> {
        U::staged_from(self)
    }

    /// `try_into()`
    pub fn try_into<U: StagedTryFrom<T>>(self) -> Expr<Result<U, U::Error>> {
        U::staged_try_from(self)
    }

    /// `to_string()`
    #[must_use]
    pub fn to_string(self) -> Expr<String>
    where
        T: Show,
    {
        T::show(self)
    }
}

/// A conversion that may fail, which a workflow can follow: between integer types.
#[diagnostic::on_unimplemented(message = "a workflow cannot follow `try_into` from `{T}` to `{Self}` [SW213]")]
pub trait StagedTryFrom<T>: Sized {
    /// The error.
    type Error;

    /// The conversion.
    fn staged_try_from(value: Expr<T>) -> Expr<Result<Self, Self::Error>>;
}

#[diagnostic::do_not_recommend]
impl<A: Int, B: Int + TryFrom<A>> StagedTryFrom<A> for B {
    type Error = <B as TryFrom<A>>::Error;

    fn staged_try_from(value: Expr<A>) -> Expr<Result<B, Self::Error>> {
        Expr::from_id(try_integer(<A as Num>::NUMERIC, <B as Num>::NUMERIC, value.id()))
    }
}

/// The error is its text.
fn try_integer(from: super::operators::Numeric, to: super::operators::Numeric, value: ExprId) -> ExprId {
    let ((least, greatest), (to_least, to_greatest)) = (number::limits(from), number::limits(to));
    let ok = result::ok(value);
    if least >= to_least && greatest <= to_greatest {
        return ok;
    }
    let error = result::err(node::constant("out of range integral type conversion attempted"));
    let (low, high) = (node::constant(to_least), node::constant(to_greatest));
    let above = node::if_(node::binary(crate::ir::Binary::Gt, value, high), error, ok);
    node::if_(node::binary(crate::ir::Binary::Lt, value, low), error, above)
}
