//! Constants: evaluated natively, written by serde.

use serde::Serialize;
use serde_json::{Number, Value};

use super::{Expr, node, recorder};
use crate::{diagnostic::Code, ir::ExprId, position::Position};

/// The greatest integer that the target's numbers hold exactly: 2^53.
const EXACT: u64 = 1 << 53;

/// A type of literals.
pub trait Literal: Serialize {}

macro_rules! literals {
    ($($type:ty)+) => {
        $(impl Literal for $type {})+
    };
}

literals!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 bool char);

/// A value that serde can write.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a constant of a workflow [SW234]",
    label = "not a value that serde can write"
)]
pub trait Constant {
    /// The constant.
    fn constant(&self, at: Position) -> ExprId;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> Constant for T {
    fn constant(&self, at: Position) -> ExprId {
        constant_value(self, at)
    }
}

/// A path to a value. Texts become `String`s, and lists `Vec`s; rustc looks at these methods first.
pub struct K<'a, T: ?Sized>(pub(crate) &'a T);

macro_rules! texts {
    ($([$($parameter:tt)*] $from:ty => $to:ty;)+) => {
        $(impl<$($parameter)*> K<'_, $from> {
            /// The constant.
            #[track_caller]
            #[must_use]
            pub fn stage(self) -> Expr<$to> {
                Expr::from_id(constant_value(&self.0[..], Position::caller()))
            }
        })+
    };
}

texts! {
    [] &str => String;
    [] &[&str] => Vec<String>;
    [const N: usize] [&str; N] => Vec<String>;
}

/// A constant list of anything else.
pub trait StageList {
    /// The type of the items.
    type Item;

    /// The constant.
    fn stage(self) -> Expr<Vec<Self::Item>>;
}

macro_rules! lists {
    ($([$($parameter:tt)*] $type:ty;)+) => {
        $(impl<T: Serialize, $($parameter)*> StageList for K<'_, $type> {
            type Item = T;

            #[track_caller]
            fn stage(self) -> Expr<Vec<T>> {
                Expr::from_id(constant_value(&self.0[..], Position::caller()))
            }
        })+
    };
}

lists! {
    [] &[T];
    [const N: usize] [T; N];
}

/// A constant of any other type: rustc looks at methods of references last.
pub trait StageConst {
    /// Its type.
    type Out;

    /// The constant.
    fn stage(self) -> Expr<Self::Out>
    where
        Self::Out: Constant;
}

impl<T> StageConst for &K<'_, T> {
    type Out = T;

    #[track_caller]
    fn stage(self) -> Expr<T>
    where
        T: Constant,
    {
        Expr::from_id(self.0.constant(Position::caller()))
    }
}

/// What serde writes of a value; numbers that the target cannot hold are reported.
pub(crate) fn constant_value<T: Serialize + ?Sized>(value: &T, at: Position) -> ExprId {
    match serde_json::to_value(value) {
        Ok(json) => {
            if let Some(number) = inexact(&json) {
                recorder::report(
                    Code::Constant,
                    at,
                    format!("`{number}` is beyond 2^53: the state machine cannot hold it exactly"),
                );
            }
            node::constant(json)
        }
        Err(error) => {
            recorder::report(Code::Constant, at, format!("serde cannot write this constant as JSON: {error}"));
            node::null()
        }
    }
}

fn inexact(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => (!is_exact(number)).then(|| number.clone()),
        Value::Array(items) => items.iter().find_map(inexact),
        Value::Object(fields) => fields.values().find_map(inexact),
        Value::Null | Value::Bool(_) | Value::String(_) => None,
    }
}

fn is_exact(number: &Number) -> bool {
    match (number.as_i64(), number.as_u64()) {
        (Some(integer), _) => integer.unsigned_abs() <= EXACT,
        (None, Some(integer)) => integer <= EXACT,
        (None, None) => true,
    }
}
