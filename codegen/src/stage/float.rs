//! Methods of floats.

use super::{
    Expr, node,
    number::{absolute, truncated},
};
use crate::ir::{Binary, Unary};

/// Arithmetic of floats.
impl Expr<f64> {
    /// `sqrt()`: the root of a negative number is no JSON number, and fails.
    #[must_use]
    pub fn sqrt(self) -> Self {
        Expr::from_id(node::call("sqrt", &[self.id()]))
    }

    /// `floor()`
    #[must_use]
    pub fn floor(self) -> Self {
        Expr::from_id(node::call("floor", &[self.id()]))
    }

    /// `ceil()`
    #[must_use]
    pub fn ceil(self) -> Self {
        Expr::from_id(node::call("ceil", &[self.id()]))
    }

    /// `trunc()`
    #[must_use]
    pub fn trunc(self) -> Self {
        Expr::from_id(truncated(self.id()))
    }

    /// `fract()`
    #[must_use]
    pub fn fract(self) -> Self {
        Expr::from_id(node::binary(Binary::Sub, self.id(), truncated(self.id())))
    }

    /// `round()`: half-way cases go away from zero, while JSONata's go to the even number.
    #[must_use]
    pub fn round(self) -> Self {
        let (size, half, one) = (absolute(self.id()), node::constant(0.5), node::constant(1));
        let whole = node::call("floor", &[size]);
        let up = node::binary(Binary::Ge, node::binary(Binary::Sub, size, whole), half);
        let rounded = node::if_(up, node::binary(Binary::Add, whole, one), whole);
        let zero = node::constant(0);
        let negative = node::binary(Binary::Lt, self.id(), zero);
        Expr::from_id(node::if_(negative, node::unary(Unary::Neg, rounded), rounded))
    }
}
