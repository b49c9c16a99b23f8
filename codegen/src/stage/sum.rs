//! `sum` and `product`.

use super::{
    Expr, Iter, list, node,
    number::{NARROW, add, mul},
    operators::{Num, Numeric},
};
use crate::ir::{ExprId, Kind};

/// A type that the items of an iterator can be added up to.
#[diagnostic::on_unimplemented(message = "a workflow cannot add items of type `{T}` up to `{Self}` [SW221]")]
pub trait SumOf<T>: Sized {
    /// `sum()`
    fn sum(items: ExprId) -> ExprId;
}

#[diagnostic::do_not_recommend]
impl<T: Num> SumOf<T> for T {
    /// In a narrow type a sum on the way may overflow, even where the whole does not.
    fn sum(items: ExprId) -> ExprId {
        match T::NUMERIC {
            Numeric::Unsigned(bits) | Numeric::Signed(bits) if bits <= NARROW => {
                list::fold(items, Kind::SCALAR, node::constant(0), Kind::SCALAR, |acc, item| add(T::NUMERIC, acc, item))
            }
            Numeric::Unsigned(_) | Numeric::Signed(_) | Numeric::Float => node::call("sum", &[items]),
        }
    }
}

/// A type that the items of an iterator can be multiplied to.
#[diagnostic::on_unimplemented(message = "a workflow cannot multiply items of type `{T}` to `{Self}` [SW221]")]
pub trait ProductOf<T>: Sized {
    /// `product()`
    fn product(items: ExprId) -> ExprId;
}

#[diagnostic::do_not_recommend]
impl<T: Num> ProductOf<T> for T {
    fn product(items: ExprId) -> ExprId {
        list::fold(items, Kind::SCALAR, node::constant(1), Kind::SCALAR, |acc, item| mul(T::NUMERIC, acc, item))
    }
}

impl<T> Expr<Iter<T>> {
    /// `sum()`
    #[must_use]
    pub fn sum<S: SumOf<T>>(self) -> Expr<S> {
        Expr::from_id(S::sum(self.id()))
    }

    /// `product()`
    #[must_use]
    pub fn product<P: ProductOf<T>>(self) -> Expr<P> {
        Expr::from_id(P::product(self.id()))
    }
}
