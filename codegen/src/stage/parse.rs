//! `parse`: texts read as Rust's `FromStr` reads them. An error is its text.

use std::{
    char::ParseCharError,
    convert::Infallible,
    num::{ParseFloatError, ParseIntError, TryFromIntError},
    str::{FromStr, ParseBoolError},
};

use super::{
    Expr, Form, Show, node, number,
    operators::{Num, Numeric},
    result::{err, ok},
};
use crate::{
    data::{Shape, Shaped},
    ir::{Binary, ExprId},
};

/// A type that a workflow can parse.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot parse a `{Self}` [SW233]",
    note = "it can parse integers, `f64`, `bool`, `char` and `String`"
)]
pub trait Parse: FromStr {
    /// `text.parse::<Self>()`
    fn parse(text: ExprId) -> ExprId;
}

macro_rules! integers {
    ($($type:ty)+) => {
        $(impl Parse for $type {
            fn parse(text: ExprId) -> ExprId {
                integer(<$type as Num>::NUMERIC, <$type>::MAX.ilog10() + 1, text)
            }
        })+
    };
}

integers!(u8 u16 u32 u64 usize i8 i16 i32 i64 isize);

impl Parse for f64 {
    fn parse(text: ExprId) -> ExprId {
        float(text)
    }
}

impl Parse for bool {
    fn parse(text: ExprId) -> ExprId {
        let (yes, no) = (is(text, "true"), is(text, "false"));
        let error = error("provided string was not `true` or `false`");
        node::if_(node::any([yes, no]), ok(yes), error)
    }
}

impl Parse for char {
    fn parse(text: ExprId) -> ExprId {
        let (length, one) = (node::call("length", &[text]), node::constant(1));
        let not_one = node::if_(
            is(text, ""),
            error("cannot parse char from empty string"),
            error("too many characters in string"),
        );
        node::if_(node::binary(Binary::Eq, length, one), ok(text), not_one)
    }
}

impl Parse for String {
    fn parse(text: ExprId) -> ExprId {
        ok(text)
    }
}

/// An integer of at most so many digits.
fn integer(numeric: Numeric, most_digits: u32, text: ExprId) -> ExprId {
    let sign = match numeric {
        Numeric::Unsigned(_) => r"^\+",
        Numeric::Signed(_) | Numeric::Float => "^[+-]",
    };
    let valid = node::held("digits", replace(text, sign, ""), |digits| {
        let invalid = node::any([is(digits, ""), matches(digits, "[^0-9]")]);
        let value = node::held("digits", without_leading_zeros(digits), |digits| {
            let out = out_of_range(text);
            let long = node::binary(Binary::Gt, node::call("length", &[digits]), node::constant(most_digits));
            let value = with_sign(starts_with_minus(text), node::call("number", &[digits]));
            node::if_(long, out, node::held("number", value, |value| in_range(numeric, value, out)))
        });
        node::if_(invalid, error("invalid digit found in string"), value)
    });
    node::if_(is(text, ""), error("cannot parse integer from empty string"), valid)
}

fn out_of_range(text: ExprId) -> ExprId {
    let (small, large) = ("number too small to fit in target type", "number too large to fit in target type");
    node::if_(starts_with_minus(text), error(small), error(large))
}

/// `Ok(value)`, or what it is out of range.
fn in_range(numeric: Numeric, value: ExprId, out: ExprId) -> ExprId {
    let (least, greatest) = number::limits(numeric);
    let inside = node::all([
        node::binary(Binary::Ge, value, node::constant(least)),
        node::binary(Binary::Le, value, node::constant(greatest)),
    ]);
    node::if_(inside, ok(value), out)
}

/// A float. JSONata's `$number` wants it as JSON writes it: a digit on both sides of the point, no leading zeros.
fn float(text: ExprId) -> ExprId {
    node::held("unsigned", replace(text, "^[+-]", ""), |unsigned| {
        let number = node::all([
            node::not(matches(unsigned, "[^0-9.eE+-]")),
            matches(unsigned, r"^([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"),
        ]);
        let with_zero = replace(unsigned, r"^\.", "0.");
        let without_point = replace(with_zero, r"\.([eE]|$)", "$1");
        let value = node::call("number", &[without_leading_zeros(without_point)]);
        let value = node::held("number", value, |value| ok(with_sign(starts_with_minus(text), value)));
        node::if_(number, value, no_float(text, unsigned))
    })
}

fn no_float(text: ExprId, unsigned: ExprId) -> ExprId {
    let words = node::constant(vec!["inf", "infinity", "nan"]);
    let word = node::binary(Binary::In, node::call("lowercase", &[unsigned]), words);
    let empty = error("cannot parse float from empty string");
    let invalid = node::if_(is(text, ""), empty, error("invalid float literal"));
    node::if_(word, node::panic("infinity and `NaN` are no JSON numbers"), invalid)
}

fn error(text: &str) -> ExprId {
    err(node::constant(text))
}

fn is(text: ExprId, other: &str) -> ExprId {
    let other = node::constant(other);
    node::binary(Binary::Eq, text, other)
}

fn matches(text: ExprId, pattern: &'static str) -> ExprId {
    node::call("contains", &[text, node::regex(pattern)])
}

fn replace(text: ExprId, pattern: &'static str, with: &str) -> ExprId {
    node::call("replace", &[text, node::regex(pattern), node::constant(with)])
}

fn without_leading_zeros(digits: ExprId) -> ExprId {
    replace(digits, "^0+([0-9])", "$1")
}

fn starts_with_minus(text: ExprId) -> ExprId {
    matches(text, "^-")
}

/// `0 - value` is not the negative zero.
fn with_sign(negative: ExprId, value: ExprId) -> ExprId {
    let zero = node::constant(0);
    node::if_(negative, node::binary(Binary::Sub, zero, value), value)
}

macro_rules! errors {
    ($($type:ty)+) => {
        $(
            impl Shaped for $type {
                fn shape() -> Shape {
                    Shape::Text
                }
            }

            impl Show for $type {
                const FORM: Form = Form::Text;

                fn show(value: Expr<Self>) -> Expr<String> {
                    value.retype()
                }
            }
        )+
    };
}

errors!(ParseIntError ParseFloatError ParseBoolError ParseCharError TryFromIntError Infallible);
