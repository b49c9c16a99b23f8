//! `{:.2}`: floats with so many decimals.
//!
//! Rust rounds the exact binary value, and ties to the even digit. So the value is multiplied to a count of its last decimal,
//! and what the product was rounded by tells a tie from what is next to one.

use super::{Expr, FormatSpec, Part, Precise, format::signed, node, number::absolute, recorder};
use crate::{
    diagnostic::Code,
    ir::{Binary, ExprId},
    position::Position,
};

/// With more decimals the error of the product is not exact any more: 10^8 has 27 bits, half of a float's 53.
const MOST_DECIMALS: usize = 8;

/// From here on numbers have more than 15 digits.
const LIMIT: i64 = 1_000_000_000_000_000;

/// Splits a float in two of half as many bits, as Veltkamp does.
const SPLITTER: i64 = (1 << 27) + 1;

impl Precise for f64 {
    fn part(value: Expr<Self>, spec: FormatSpec, at: Position) -> Part {
        let decimals = spec.precision.unwrap_or_default();
        if decimals > MOST_DECIMALS {
            recorder::report(Code::Format, at, "a workflow writes a float with at most 8 decimals");
        }
        let negative = node::binary(Binary::Lt, value.id(), node::constant(0));
        signed(negative, digits(absolute(value.id()), decimals.min(MOST_DECIMALS)), spec)
    }
}

/// The digits of a number that is not negative.
fn digits(value: ExprId, decimals: usize) -> ExprId {
    let scale = node::constant((0..decimals).fold(1, |scale, _| scale * 10));
    let product = node::binary(Binary::Mul, value, scale);
    let error = if decimals == 0 { node::constant(0) } else { error_of(product, value, scale) };
    let count = rounded(product, error);
    let text = if decimals == 0 {
        node::call("string", &[count])
    } else {
        let fraction = node::binary(Binary::Rem, count, scale);
        let whole = node::binary(Binary::Div, node::binary(Binary::Sub, count, fraction), scale);
        let width = node::constant(-i64::try_from(decimals).unwrap_or_default());
        let fraction = node::call("pad", &[node::call("string", &[fraction]), width, node::constant("0")]);
        node::concat([node::call("string", &[whole]), node::constant("."), fraction])
    };
    let is_exact = node::binary(Binary::Lt, product, node::constant(LIMIT));
    node::if_(is_exact, text, node::panic("a number of more than 15 digits is not exact in a state machine"))
}

/// What is missing of the exact product, as Dekker computes it.
fn error_of(product: ExprId, value: ExprId, scale: ExprId) -> ExprId {
    let large = node::binary(Binary::Mul, value, node::constant(SPLITTER));
    let high = node::binary(Binary::Sub, large, node::binary(Binary::Sub, large, value));
    let low = node::binary(Binary::Sub, value, high);
    let [high, low] = [high, low].map(|half| node::binary(Binary::Mul, half, scale));
    node::binary(Binary::Add, node::binary(Binary::Sub, high, product), low)
}

/// `product + error` as a whole number; a tie gives the even one.
fn rounded(product: ExprId, error: ExprId) -> ExprId {
    let [zero, one, two] = [0, 1, 2].map(node::constant);
    let half = node::constant(0.5);
    let floor = node::call("floor", &[product]);
    let rest = node::binary(Binary::Sub, product, floor);
    let is_odd = node::binary(Binary::Eq, node::binary(Binary::Rem, floor, two), one);
    let odd_tie = node::all([node::binary(Binary::Eq, error, zero), is_odd]);
    let above = node::any([node::binary(Binary::Gt, error, zero), odd_tie]);
    let at_half = node::all([node::binary(Binary::Eq, rest, half), above]);
    let up = node::any([node::binary(Binary::Gt, rest, half), at_half]);
    node::if_(up, node::binary(Binary::Add, floor, one), floor)
}
