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

/// A part of a text, with the text before it.
#[derive(Clone, Copy, Debug)]
pub struct Hole {
    pub(super) before: &'static str,
    pub(super) part: Part,
}

/// A type whose `Display` the target can follow.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot write `{Self}` into a text [SW230]",
    label = "use an integer, a text, a `bool`, a `char`, a float with `{{:.2}}`, or an error with `#[error(\"…\")]`",
    note = "a float is written with up to 8 decimals, `{{:.2}}`: as many as it takes is more than JSONata knows",
    note = "money is kept in cents: `format!(\"{{}}.{{:02}}\", cents / 100, cents % 100)`"
)]
pub trait Show {
    /// What its `Display` makes of a width.
    const FORM: Form = Form::Written;

    /// The value as Rust's `{}` writes it. What is no text yet is written as one where it stands in a longer text.
    fn show(value: Expr<Self>) -> Expr<String>;
}

/// What a type's `Display` makes of a width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// It stands to the right, signs and zeros before it.
    Number(Numeric),
    /// It stands to the left, and a precision cuts it off.
    Text,
    /// Nothing: it is written piece by piece.
    Written,
}

macro_rules! show_integers {
    ($($type:ty)+) => {
        $(impl Show for $type {
            const FORM: Form = Form::Number(<$type as super::operators::Num>::NUMERIC);

            fn show(value: Expr<Self>) -> Expr<String> {
                Expr::from_id(node::call("string", &[value.id()]))
            }
        })+
    };
}

show_integers!(u8 u16 u32 u64 usize i8 i16 i32 i64 isize);

impl Show for bool {
    const FORM: Form = Form::Text;

    fn show(value: Expr<Self>) -> Expr<String> {
        Expr::from_id(node::call("string", &[value.id()]))
    }
}

impl Show for String {
    const FORM: Form = Form::Text;

    fn show(value: Expr<Self>) -> Expr<String> {
        value
    }
}

impl Show for char {
    const FORM: Form = Form::Text;

    fn show(value: Expr<Self>) -> Expr<String> {
        value.retype()
    }
}

impl<T: Show> Show for Box<T> {
    const FORM: Form = T::FORM;

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

/// What `{:.2}` takes: texts, of which it leaves so many characters, and floats.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot write `{Self}` into a text [SW230]",
    label = "use a float or a text"
)]
pub trait Precise: Sized {
    /// The value written by a spec.
    fn part(value: Expr<Self>, spec: FormatSpec, at: Position) -> Part;
}

#[diagnostic::do_not_recommend]
impl<T: Show> Precise for T {
    fn part(value: Expr<Self>, spec: FormatSpec, at: Position) -> Part {
        part(value, spec, at)
    }
}

/// A part written by a spec.
pub(super) fn part<T: Show>(value: Expr<T>, spec: FormatSpec, at: Position) -> Part {
    let text = T::show(value).id();
    match T::FORM {
        Form::Number(numeric) if spec.precision.is_none() && (spec.sign || spec.zero) => integer(text, numeric, spec),
        Form::Number(_) if spec.precision.is_none() => padded(text, true, spec),
        Form::Text if !spec.zero && !spec.sign => {
            let text = spec.precision.map_or(text, |length| {
                let (zero, length) = (node::constant(0), node::constant(length));
                node::call("substring", &[text, zero, length])
            });
            padded(text, false, spec)
        }
        Form::Written if spec == FormatSpec::DISPLAY => Part(text),
        Form::Number(_) | Form::Text | Form::Written => {
            recorder::report(Code::Format, at, "a workflow cannot format this value like that");
            Part(text)
        }
    }
}

/// `{:05}`, `{:+}` of the text of an integer.
fn integer(text: ExprId, numeric: Numeric, spec: FormatSpec) -> Part {
    if let Numeric::Unsigned(_) = numeric {
        return signed(node::constant(false), text, spec);
    }
    let (number, zero) = (node::call("number", &[text]), node::constant(0));
    let negative = node::binary(Binary::Lt, number, zero);
    let absolute = node::if_(negative, node::unary(Unary::Neg, number), number);
    signed(negative, node::call("string", &[absolute]), spec)
}

/// The sign, then the digits.
pub(super) fn signed(negative: ExprId, digits: ExprId, spec: FormatSpec) -> Part {
    let (minus, plus) = (node::constant("-"), node::constant(if spec.sign { "+" } else { "" }));
    let sign = node::if_(negative, minus, plus);
    match spec.width {
        Some(width) if spec.zero => {
            let length = node::call("length", &[sign]);
            let width = node::constant(width);
            let room = node::binary(Binary::Sub, width, length);
            let room = node::unary(Unary::Neg, room);
            let zero = node::constant("0");
            let digits = node::call("pad", &[digits, room, zero]);
            Part(node::binary(Binary::Concat, sign, digits))
        }
        Some(_) | None => padded(node::binary(Binary::Concat, sign, digits), true, spec),
    }
}

/// A text of at least the width.
fn padded(text: ExprId, is_number: bool, spec: FormatSpec) -> Part {
    let Some(width) = spec.width else { return Part(text) };
    let fill = node::constant(spec.fill.to_string());
    let to = |text, width: i64| {
        let width = node::constant(width);
        node::call("pad", &[text, width, fill])
    };
    let width = i64::try_from(width).unwrap_or(i64::MAX);
    Part(match spec.align {
        Align::None if is_number => to(text, -width),
        Align::Left | Align::None => to(text, width),
        Align::Right => to(text, -width),
        Align::Center => center(text, width, fill),
    })
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

/// The text that fills its holes.
pub(super) fn filled(holes: &[Hole], end: &str) -> ExprId {
    let text = |text: &str| (!text.is_empty()).then(|| node::constant(text));
    let parts = holes.iter().flat_map(|hole| [text(hole.before), Some(hole.part.0)]);
    parts
        .chain([text(end)])
        .flatten()
        .reduce(|left, right| node::binary(Binary::Concat, left, right))
        .unwrap_or_else(|| node::constant(""))
}
