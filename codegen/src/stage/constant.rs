//! Constants: evaluated natively, written by serde.

use serde::Serialize;
use serde_json::{Number, Value};

use super::{Expr, node, recorder};
use crate::{diagnostic::Code, ir::ExprId, position::Position};

/// The greatest integer that the target's numbers hold exactly: 2^53.
const EXACT: f64 = 9_007_199_254_740_992.0;

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
    message = "`{Self}` cannot be a constant of a workflow",
    label = "not a value that serde can write"
)]
pub trait Constant {
    /// The constant.
    fn constant(&self, at: Position) -> ExprId;
}

impl<T: Serialize> Constant for T {
    fn constant(&self, at: Position) -> ExprId {
        constant_value(self, at)
    }
}

/// A path to a value. Methods by type: texts and slices become owned ones.
pub struct K<'a, T: ?Sized>(pub(crate) &'a T);

impl K<'_, &str> {
    /// The constant.
    #[track_caller]
    #[must_use]
    pub fn stage(self) -> Expr<String> {
        Expr::from_id(constant_value(self.0, Position::caller()))
    }
}

impl<T: Serialize> K<'_, &'static [T]> {
    /// The constant.
    #[track_caller]
    #[must_use]
    pub fn stage(self) -> Expr<Vec<T>> {
        Expr::from_id(constant_value(self.0, Position::caller()))
    }
}

impl<T: Serialize, const N: usize> K<'_, [T; N]> {
    /// The constant.
    #[track_caller]
    #[must_use]
    pub fn stage(self) -> Expr<Vec<T>> {
        let items: &[T] = self.0;
        Expr::from_id(constant_value(items, Position::caller()))
    }
}

/// A constant of any other type.
pub trait StageConst {
    /// Its type.
    type Out;

    /// The constant.
    fn stage(self) -> Expr<Self::Out>;
}

impl<T: Constant> StageConst for K<'_, T> {
    type Out = T;

    #[track_caller]
    fn stage(self) -> Expr<T> {
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
        Value::Number(number) if !number.is_f64() && number.as_f64().is_none_or(|n| n.abs() > EXACT) => {
            Some(number.clone())
        }
        Value::Array(items) => items.iter().find_map(inexact),
        Value::Object(fields) => fields.values().find_map(inexact),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}
