//! Texts: `format!`, `to_string`.

use super::{Expr, node, operators::Numeric, recorder};
use crate::{
    diagnostic::Code,
    ir::{Binary, ExprId, Unary},
    position::Position,
};

/// A part of a text.
#[derive(Clone, Copy, Debug)]
pub struct Part(pub(crate) ExprId);

/// A type whose `Display` the target can follow.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot write `{Self}` into a text [SW230]",
    label = "use an integer, a text, a `bool`, a `char`, or an error with `#[error(\"…\")]`",
    note = "JSONata writes floats with 15 digits only: format them in a task"
)]
pub trait Show {
    /// How the type pads, where it is a number.
    const NUMERIC: Option<Numeric> = None;

    /// The value as Rust's `{}` writes it. What is no text yet is written as one where it stands in a longer text.
    fn show(value: Expr<Self>) -> Expr<String>;
}

macro_rules! show_integers {
    ($($type:ty)+) => {
        $(impl Show for $type {
            const NUMERIC: Option<Numeric> = Some(<$type as super::operators::Num>::NUMERIC);

            fn show(value: Expr<Self>) -> Expr<String> {
                Expr::from_id(node::call("string", &[value.id()]))
            }
        })+
    };
}

show_integers!(u8 u16 u32 u64 usize i8 i16 i32 i64 isize);

impl Show for bool {
    fn show(value: Expr<Self>) -> Expr<String> {
        Expr::from_id(node::call("string", &[value.id()]))
    }
}

impl Show for String {
    fn show(value: Expr<Self>) -> Expr<String> {
        value
    }
}

impl Show for char {
    fn show(value: Expr<Self>) -> Expr<String> {
        value.retype()
    }
}

impl<T: Show> Show for Box<T> {
    const NUMERIC: Option<Numeric> = T::NUMERIC;

    fn show(value: Expr<Self>) -> Expr<String> {
        T::show(value.retype())
    }
}

/// Where a padded text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// As Rust does when nothing is written: numbers right, texts left.
    None,
    /// `<`
    Left,
    /// `^`
    Center,
    /// `>`
    Right,
}

/// What stands after the colon of `{value:…}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatSpec {
    /// What it is padded with.
    pub fill: char,
    /// Where the text stands.
    pub align: Align,
    /// The least number of characters.
    pub width: Option<usize>,
    /// The greatest number of characters of a text.
    pub precision: Option<usize>,
    /// `0`: zeros after the sign.
    pub zero: bool,
    /// `+`: the sign of positive numbers too.
    pub sign: bool,
    /// `?`
    pub debug: bool,
}

impl FormatSpec {
    /// `{}`
    pub const DISPLAY: FormatSpec = FormatSpec {
        fill: ' ',
        align: Align::None,
        width: None,
        precision: None,
        zero: false,
        sign: false,
        debug: false,
    };
}

/// A part written by a spec.
pub(super) fn part(text: ExprId, numeric: Option<Numeric>, spec: FormatSpec, at: Position) -> Part {
    if spec.debug || (numeric.is_none() && (spec.zero || spec.sign)) || (numeric.is_some() && spec.precision.is_some())
    {
        recorder::report(Code::Format, at, "a workflow cannot format this value like that");
    }
    if numeric.is_some() && (spec.sign || spec.zero) {
        return Part(signed(text, numeric, spec));
    }
    let text = spec.precision.map_or(text, |length| {
        let (zero, length) = (node::constant(0), node::constant(length));
        node::call("substring", &[text, zero, length])
    });
    Part(spec.width.map_or(text, |width| pad(text, numeric, width, spec)))
}

/// `{:05}`, `{:+}`: the sign, then the digits.
fn signed(text: ExprId, numeric: Option<Numeric>, spec: FormatSpec) -> ExprId {
    let number = node::call("number", &[text]);
    let zero = node::constant(0);
    let negative = node::binary(Binary::Lt, number, zero);
    let opposite = node::unary(Unary::Neg, number);
    let (minus, plus, none) = (node::constant("-"), node::constant("+"), node::constant(""));
    let positive_sign = if spec.sign { plus } else { none };
    let sign = match numeric {
        Some(Numeric::Unsigned(_)) => positive_sign,
        _ => node::if_(negative, minus, positive_sign),
    };
    let digits = match numeric {
        Some(Numeric::Unsigned(_)) => text,
        _ => {
            let absolute = node::if_(negative, opposite, number);
            node::call("string", &[absolute])
        }
    };
    match spec.width {
        Some(width) if spec.zero => {
            let length = node::call("length", &[sign]);
            let width = node::constant(width);
            let room = node::binary(Binary::Sub, width, length);
            let room = node::unary(Unary::Neg, room);
            let zero = node::constant("0");
            let padded = node::call("pad", &[digits, room, zero]);
            node::binary(Binary::Concat, sign, padded)
        }
        Some(width) => pad(node::binary(Binary::Concat, sign, digits), numeric, width, spec),
        None => node::binary(Binary::Concat, sign, digits),
    }
}

fn pad(text: ExprId, numeric: Option<Numeric>, width: usize, spec: FormatSpec) -> ExprId {
    let fill = node::constant(spec.fill.to_string());
    let to = |text, width: i64| {
        let width = node::constant(width);
        node::call("pad", &[text, width, fill])
    };
    let width = i64::try_from(width).unwrap_or(i64::MAX);
    match (spec.align, numeric) {
        (Align::Left, _) | (Align::None, None) => to(text, width),
        (Align::Right, _) | (Align::None, Some(_)) => to(text, -width),
        (Align::Center, _) => center(text, width, fill),
    }
}

/// Rust puts the odd blank to the right.
fn center(text: ExprId, width: i64, fill: ExprId) -> ExprId {
    let (total, length, two) = (node::constant(width), node::call("length", &[text]), node::constant(2));
    let missing = node::binary(Binary::Sub, total, length);
    let half = node::binary(Binary::Div, missing, two);
    let left = node::call("floor", &[half]);
    let to = node::binary(Binary::Add, length, left);
    let to = node::unary(Unary::Neg, to);
    let shifted = node::call("pad", &[text, to, fill]);
    let padded = node::call("pad", &[shifted, total, fill]);
    let fits = node::binary(Binary::Ge, length, total);
    node::if_(fits, text, padded)
}

/// The parts one after the other, as a text.
pub(super) fn join_parts(parts: &[Part]) -> ExprId {
    parts
        .iter()
        .map(|part| part.0)
        .reduce(|left, right| node::binary(Binary::Concat, left, right))
        .unwrap_or_else(|| node::constant(""))
}
