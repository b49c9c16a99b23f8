//! Methods of integers, and those that floats have too.

use super::{
    Expr, node,
    number::{absolute, bounded, checked, limits, quotient, rem, unless_zero},
    operators::{Int, Num, Numeric, Signed},
};
use crate::ir::{Binary, ExprId};

/// Arithmetic of integers and floats.
impl<T: Num> Expr<T> {
    /// `rem_euclid(divisor)`
    #[must_use]
    pub fn rem_euclid(self, divisor: Self) -> Self {
        let (rest, zero) = (rem(T::NUMERIC, self.id(), divisor.id()), node::constant(0));
        let raised = node::binary(Binary::Add, rest, absolute(divisor.id()));
        Expr::from_id(match T::NUMERIC {
            Numeric::Unsigned(_) => rest,
            Numeric::Signed(_) | Numeric::Float => node::if_(node::binary(Binary::Lt, rest, zero), raised, rest),
        })
    }
}

impl<T: Signed> Expr<T> {
    /// `abs()`
    #[must_use]
    pub fn abs(self) -> Self {
        Expr::from_id(checked(T::NUMERIC, absolute(self.id()), "attempt to negate with overflow"))
    }
}

/// Arithmetic of integers.
impl<T: Int> Expr<T> {
    /// `pow(exponent)`
    #[must_use]
    pub fn pow(self, exponent: Expr<u32>) -> Self {
        let panic = node::panic("attempt to multiply with overflow");
        Expr::from_id(bounded(T::NUMERIC, self.power(exponent), panic, panic))
    }

    /// `div_euclid(divisor)`
    #[must_use]
    pub fn div_euclid(self, divisor: Self) -> Self {
        let multiple = node::binary(Binary::Sub, self.id(), self.rem_euclid(divisor).id());
        Expr::from_id(node::binary(Binary::Div, multiple, divisor.id()))
    }

    /// `div_ceil(divisor)`
    #[must_use]
    pub fn div_ceil(self, divisor: Self) -> Self {
        let exact = node::call("ceil", &[node::binary(Binary::Div, self.id(), divisor.id())]);
        Expr::from_id(unless_zero(divisor.id(), exact, "attempt to divide by zero"))
    }

    /// `signum()`
    #[must_use]
    pub fn signum(self) -> Self
    where
        T: Signed,
    {
        let (minus, zero, one) = (node::constant(-1), node::constant(0), node::constant(1));
        let not_positive = node::if_(node::binary(Binary::Lt, self.id(), zero), minus, zero);
        Expr::from_id(node::if_(node::binary(Binary::Gt, self.id(), zero), one, not_positive))
    }

    /// `is_positive()`
    #[must_use]
    pub fn is_positive(self) -> Expr<bool>
    where
        T: Signed,
    {
        let zero = node::constant(0);
        Expr::from_id(node::binary(Binary::Gt, self.id(), zero))
    }

    /// `is_negative()`
    #[must_use]
    pub fn is_negative(self) -> Expr<bool>
    where
        T: Signed,
    {
        let zero = node::constant(0);
        Expr::from_id(node::binary(Binary::Lt, self.id(), zero))
    }

    /// `a.abs_diff(b)`
    #[must_use]
    pub fn abs_diff(self, other: Self) -> Expr<T::Unsigned>
    where
        T: Magnitude,
    {
        Expr::from_id(absolute(node::binary(Binary::Sub, self.id(), other.id())))
    }

    /// `is_multiple_of(divisor)`
    #[must_use]
    pub fn is_multiple_of(self, divisor: Self) -> Expr<bool> {
        let zero = node::constant(0);
        let rest = node::binary(Binary::Rem, self.id(), divisor.id());
        let divides = node::binary(Binary::Eq, rest, zero);
        let by_zero = node::binary(Binary::Eq, divisor.id(), zero);
        let is_zero = node::binary(Binary::Eq, self.id(), zero);
        Expr::from_id(node::if_(by_zero, is_zero, divides))
    }

    fn power(self, exponent: Expr<u32>) -> ExprId {
        node::call("power", &[self.id(), exponent.id()])
    }
}

/// The unsigned type of the same size.
pub trait Magnitude: Int {
    /// That type.
    type Unsigned;
}

macro_rules! magnitudes {
    ($($type:ty: $unsigned:ty;)+) => {
        $(impl Magnitude for $type {
            type Unsigned = $unsigned;
        })+
    };
}

magnitudes! {
    u8: u8;
    u16: u16;
    u32: u32;
    u64: u64;
    usize: usize;
    i8: u8;
    i16: u16;
    i32: u32;
    i64: u64;
    isize: usize;
}

/// Arithmetic that tells of overflow, or stops at the limit.
impl<T: Int> Expr<T> {
    /// `checked_add(other)`
    #[must_use]
    pub fn checked_add(self, other: Self) -> Expr<Option<T>> {
        self.or_none(node::binary(Binary::Add, self.id(), other.id()))
    }

    /// `checked_sub(other)`
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Expr<Option<T>> {
        self.or_none(node::binary(Binary::Sub, self.id(), other.id()))
    }

    /// `checked_mul(other)`
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Expr<Option<T>> {
        self.or_none(node::binary(Binary::Mul, self.id(), other.id()))
    }

    /// `checked_pow(exponent)`
    #[must_use]
    pub fn checked_pow(self, exponent: Expr<u32>) -> Expr<Option<T>> {
        self.or_none(self.power(exponent))
    }

    /// `checked_div(divisor)`
    #[must_use]
    pub fn checked_div(self, divisor: Self) -> Expr<Option<T>> {
        let quotient = self.or_none(quotient(self.id(), divisor.id()));
        Self::none_by_zero(divisor, quotient.id())
    }

    /// `checked_rem(divisor)`
    #[must_use]
    pub fn checked_rem(self, divisor: Self) -> Expr<Option<T>> {
        // The quotient decides: the remainder of the least value by -1 overflows.
        let (quotient, null) = (self.checked_div(divisor), node::null());
        let rest = node::binary(Binary::Rem, self.id(), divisor.id());
        Expr::from_id(node::if_(node::is_some(quotient.id()), rest, null))
    }

    /// `saturating_add(other)`
    #[must_use]
    pub fn saturating_add(self, other: Self) -> Self {
        Self::or_limit(node::binary(Binary::Add, self.id(), other.id()))
    }

    /// `saturating_sub(other)`
    #[must_use]
    pub fn saturating_sub(self, other: Self) -> Self {
        Self::or_limit(node::binary(Binary::Sub, self.id(), other.id()))
    }

    /// `saturating_mul(other)`
    #[must_use]
    pub fn saturating_mul(self, other: Self) -> Self {
        Self::or_limit(node::binary(Binary::Mul, self.id(), other.id()))
    }

    fn or_none(self, value: ExprId) -> Expr<Option<T>> {
        let null = node::null();
        Expr::from_id(bounded(T::NUMERIC, value, null, null))
    }

    fn none_by_zero(divisor: Self, value: ExprId) -> Expr<Option<T>> {
        let (zero, null) = (node::constant(0), node::null());
        Expr::from_id(node::if_(node::binary(Binary::Ne, divisor.id(), zero), value, null))
    }

    fn or_limit(value: ExprId) -> Self {
        let (least, greatest) = limits(T::NUMERIC);
        Expr::from_id(bounded(T::NUMERIC, value, node::constant(least), node::constant(greatest)))
    }
}
