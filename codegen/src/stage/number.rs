//! Numbers: Rust's arithmetic, composed from that of JSON numbers.
//!
//! Integers of 8 and 16 bits are checked for overflow by every operator. Wider ones are exact up to 2^53, and the operators
//! trust that they stay there; whatever looks at a result anyway (casts, `pow`, `checked_…`, `parse`) refuses to go beyond.

use super::{
    Expr, list, node,
    operators::{Int, Num, Numeric, Signed},
};
use crate::ir::{Binary, ExprId, Kind, Unary};

/// 2^53: up to here every integer is exact.
const EXACT: i64 = 1 << 53;

/// Integers up to this size are checked by every operator.
const NARROW: u8 = 16;

/// Integers up to this size are exact whatever their value.
const WHOLE: u8 = 32;

/// `a + b`
pub(crate) fn add(numeric: Numeric, a: ExprId, b: ExprId) -> ExprId {
    checked(numeric, node::binary(Binary::Add, a, b), "attempt to add with overflow")
}

/// `a - b`
pub(crate) fn sub(numeric: Numeric, a: ExprId, b: ExprId) -> ExprId {
    let (difference, message) = (node::binary(Binary::Sub, a, b), "attempt to subtract with overflow");
    match numeric {
        Numeric::Unsigned(_) => node::if_(node::binary(Binary::Ge, a, b), difference, node::panic(message)),
        Numeric::Signed(_) | Numeric::Float => checked(numeric, difference, message),
    }
}

/// `a * b`
pub(crate) fn mul(numeric: Numeric, a: ExprId, b: ExprId) -> ExprId {
    checked(numeric, node::binary(Binary::Mul, a, b), "attempt to multiply with overflow")
}

/// `a / b`
pub(crate) fn div(numeric: Numeric, a: ExprId, b: ExprId) -> ExprId {
    match numeric {
        Numeric::Float => unless_zero(b, node::binary(Binary::Div, a, b), NO_NUMBER),
        Numeric::Unsigned(_) => unless_zero(b, quotient(a, b), "attempt to divide by zero"),
        Numeric::Signed(_) => {
            let quotient = checked(numeric, quotient(a, b), "attempt to divide with overflow");
            unless_zero(b, quotient, "attempt to divide by zero")
        }
    }
}

/// `a % b`
pub(crate) fn rem(numeric: Numeric, a: ExprId, b: ExprId) -> ExprId {
    let message = match numeric {
        Numeric::Float => NO_NUMBER,
        Numeric::Unsigned(_) | Numeric::Signed(_) => "attempt to calculate the remainder with a divisor of zero",
    };
    unless_zero(b, unless_least_by_minus_one(numeric, a, b, node::binary(Binary::Rem, a, b)), message)
}

/// The one remainder that overflows, because the quotient does: checked like other operators of narrow types.
fn unless_least_by_minus_one(numeric: Numeric, a: ExprId, b: ExprId, rest: ExprId) -> ExprId {
    match numeric {
        Numeric::Signed(bits) if bits <= NARROW => {
            let (least, minus_one) = (node::constant(limits(numeric).0), node::constant(-1));
            let overflows = [node::binary(Binary::Eq, b, minus_one), node::binary(Binary::Eq, a, least)];
            node::if_(node::all(overflows), node::panic("attempt to calculate the remainder with overflow"), rest)
        }
        Numeric::Signed(_) | Numeric::Unsigned(_) | Numeric::Float => rest,
    }
}

/// `-a`
pub(crate) fn neg(numeric: Numeric, a: ExprId) -> ExprId {
    checked(numeric, node::unary(Unary::Neg, a), "attempt to negate with overflow")
}

/// `value as B`
pub(crate) fn cast(from: Numeric, to: Numeric, value: ExprId) -> ExprId {
    match (from, to) {
        (_, Numeric::Float) => value,
        (Numeric::Float, _) => {
            let (least, greatest) = limits(to);
            bounded(to, truncated(value), node::constant(least), node::constant(greatest))
        }
        (Numeric::Unsigned(_) | Numeric::Signed(_), _) => integer_cast(from, to, value),
    }
}

/// `a / b` of integers, where `b` is not 0.
pub(super) fn quotient(a: ExprId, b: ExprId) -> ExprId {
    let rest = node::binary(Binary::Rem, a, b);
    node::binary(Binary::Div, node::binary(Binary::Sub, a, rest), b)
}

/// `value`, unless a divisor is 0.
pub(super) fn unless_zero(divisor: ExprId, value: ExprId, message: &str) -> ExprId {
    if node::literal(divisor).is_some_and(|divisor| divisor.as_f64() != Some(0.0)) {
        return value;
    }
    let zero = node::constant(0);
    node::if_(node::binary(Binary::Ne, divisor, zero), value, node::panic(message))
}

/// `value` where the type can hold it; or else `low` or `high`. Where that cannot be told exactly, a panic.
pub(super) fn bounded(numeric: Numeric, value: ExprId, low: ExprId, high: ExprId) -> ExprId {
    let (least, greatest) = limits(numeric);
    let (low, high) = match numeric {
        Numeric::Unsigned(bits) if bits > WHOLE => (low, inexact()),
        Numeric::Signed(bits) if bits > WHOLE => (inexact(), inexact()),
        Numeric::Unsigned(_) | Numeric::Signed(_) | Numeric::Float => (low, high),
    };
    let (least, greatest) = (node::constant(least), node::constant(greatest));
    let not_low = node::if_(node::binary(Binary::Gt, value, greatest), high, value);
    node::if_(node::binary(Binary::Lt, value, least), low, not_low)
}

/// The least and the greatest value of an integer type, as far as they are exact.
pub(super) fn limits(numeric: Numeric) -> (i64, i64) {
    match numeric {
        Numeric::Unsigned(bits) if bits <= WHOLE => (0, (1 << bits) - 1),
        Numeric::Signed(bits) if bits <= WHOLE => (-(1 << (bits - 1)), (1 << (bits - 1)) - 1),
        Numeric::Unsigned(_) => (0, EXACT),
        Numeric::Signed(_) | Numeric::Float => (-EXACT, EXACT),
    }
}

/// A panic about an integer that is beyond what JSON numbers hold exactly.
pub(super) fn inexact() -> ExprId {
    node::panic("an integer beyond 2^53 is not exact in a state machine")
}

const NO_NUMBER: &str = "a division by zero gives no JSON number";

/// The result of an operator, with a check where the type is narrow.
fn checked(numeric: Numeric, value: ExprId, message: &str) -> ExprId {
    match numeric {
        Numeric::Unsigned(bits) | Numeric::Signed(bits) if bits <= NARROW => {
            let panic = node::panic(message);
            bounded(numeric, value, panic, panic)
        }
        Numeric::Unsigned(_) | Numeric::Signed(_) | Numeric::Float => value,
    }
}

/// An integer as another integer type: it wraps where the other is too small.
fn integer_cast(from: Numeric, to: Numeric, value: ExprId) -> ExprId {
    let ((least, greatest), (to_least, to_greatest)) = (limits(from), limits(to));
    if least >= to_least && greatest <= to_greatest {
        return value;
    }
    let bits = match to {
        Numeric::Unsigned(bits) | Numeric::Signed(bits) if bits <= WHOLE => bits,
        Numeric::Unsigned(_) | Numeric::Signed(_) | Numeric::Float => {
            let panic = inexact();
            return bounded(to, value, panic, panic);
        }
    };
    let size = node::constant(1_i64 << bits);
    let rest = node::binary(Binary::Rem, value, size);
    let (lowest, highest) = (node::constant(to_least), node::constant(to_greatest));
    let (lower, higher) = (node::binary(Binary::Sub, rest, size), node::binary(Binary::Add, rest, size));
    let not_low = match to {
        Numeric::Signed(_) => node::if_(node::binary(Binary::Gt, rest, highest), lower, rest),
        Numeric::Unsigned(_) | Numeric::Float => rest,
    };
    match from {
        Numeric::Signed(_) => node::if_(node::binary(Binary::Lt, rest, lowest), higher, not_low),
        Numeric::Unsigned(_) | Numeric::Float => not_low,
    }
}

fn truncated(value: ExprId) -> ExprId {
    let zero = node::constant(0);
    let (ceil, floor) = (node::call("ceil", &[value]), node::call("floor", &[value]));
    node::if_(node::binary(Binary::Lt, value, zero), ceil, floor)
}

fn absolute(value: ExprId) -> ExprId {
    node::call("abs", &[value])
}

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

/// A type that the items of an iterator can be added up to.
#[diagnostic::on_unimplemented(message = "a workflow cannot add items of type `{T}` up to `{Self}`")]
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
                list::fold(items, Kind::Scalar, node::constant(0), Kind::Scalar, |acc, item| add(T::NUMERIC, acc, item))
            }
            Numeric::Unsigned(_) | Numeric::Signed(_) | Numeric::Float => node::call("sum", &[items]),
        }
    }
}

/// A type that the items of an iterator can be multiplied to.
#[diagnostic::on_unimplemented(message = "a workflow cannot multiply items of type `{T}` to `{Self}`")]
pub trait ProductOf<T>: Sized {
    /// `product()`
    fn product(items: ExprId) -> ExprId;
}

#[diagnostic::do_not_recommend]
impl<T: Num> ProductOf<T> for T {
    fn product(items: ExprId) -> ExprId {
        list::fold(items, Kind::Scalar, node::constant(1), Kind::Scalar, |acc, item| mul(T::NUMERIC, acc, item))
    }
}

impl<T> Expr<super::Iter<T>> {
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
