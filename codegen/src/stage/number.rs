//! Numbers: Rust's arithmetic, composed from that of JSON numbers.
//!
//! Integers of 8 and 16 bits are checked for overflow by every operator. Wider ones are exact up to 2^53, and the operators
//! trust that they stay there; whatever looks at a result anyway (casts, `pow`, `checked_…`, `parse`) refuses to go beyond.

use super::{node, operators::Numeric};
use crate::ir::{Binary, ExprId, Unary};

/// 2^53: up to here every integer is exact.
const EXACT: i64 = 1 << 53;

/// Integers up to this size are checked by every operator.
pub(super) const NARROW: u8 = 16;

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
pub(super) fn checked(numeric: Numeric, value: ExprId, message: &str) -> ExprId {
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

pub(super) fn truncated(value: ExprId) -> ExprId {
    let zero = node::constant(0);
    let (ceil, floor) = (node::call("ceil", &[value]), node::call("floor", &[value]));
    node::if_(node::binary(Binary::Lt, value, zero), ceil, floor)
}

pub(super) fn absolute(value: ExprId) -> ExprId {
    node::call("abs", &[value])
}
