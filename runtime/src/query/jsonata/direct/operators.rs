//! What operators make of scalars.

use std::cmp::Ordering;

use jsonata_core::ast::BinaryOp;

use crate::value::{Value, compare_numbers};

/// The result of an operator, if it is one on scalars of the types that it is for.
pub(super) fn binary(op: BinaryOp, left: &Value, right: &Value) -> Option<Value> {
    match op {
        BinaryOp::Add => arithmetic(left, right, i64::checked_add, |left, right| left + right),
        BinaryOp::Subtract => arithmetic(left, right, i64::checked_sub, |left, right| left - right),
        BinaryOp::Multiply => arithmetic(left, right, i64::checked_mul, |left, right| left * right),
        BinaryOp::Divide => finite(left.as_f64()? / right.as_f64()?),
        BinaryOp::Modulo => arithmetic(left, right, i64::checked_rem, |left, right| left % right),
        BinaryOp::LessThan => Some(Value::Bool(order(left, right)?.is_lt())),
        BinaryOp::LessThanOrEqual => Some(Value::Bool(order(left, right)?.is_le())),
        BinaryOp::GreaterThan => Some(Value::Bool(order(left, right)?.is_gt())),
        BinaryOp::GreaterThanOrEqual => Some(Value::Bool(order(left, right)?.is_ge())),
        BinaryOp::Equal => Some(Value::Bool(equal(left, right)?)),
        BinaryOp::NotEqual => Some(Value::Bool(!equal(left, right)?)),
        BinaryOp::And => Some(Value::Bool(flag(left)? && flag(right)?)),
        BinaryOp::Or => Some(Value::Bool(flag(left)? || flag(right)?)),
        BinaryOp::Concatenate => Some(Value::string(text(left)? + &text(right)?)),
        BinaryOp::In
        | BinaryOp::Range
        | BinaryOp::ColonEqual
        | BinaryOp::FocusBind
        | BinaryOp::IndexBind
        | BinaryOp::Coalesce
        | BinaryOp::Default
        | BinaryOp::ChainPipe => None,
    }
}

/// The result of an operator on numbers: exact as long as whole numbers of 64 bits hold it.
fn arithmetic(
    left: &Value,
    right: &Value,
    exact: fn(i64, i64) -> Option<i64>,
    rounded: fn(f64, f64) -> f64,
) -> Option<Value> {
    let (Value::Number(left), Value::Number(right)) = (left, right) else { return None };
    let whole = left.as_i64().zip(right.as_i64()).and_then(|(left, right)| exact(left, right));
    match whole {
        Some(whole) => Some(Value::Number(whole.into())),
        None => finite(rounded(left.as_f64()?, right.as_f64()?)),
    }
}

fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => compare_numbers(left, right),
        _ => None,
    }
}

/// Whether two scalars are equal.
fn equal(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Array(_) | Value::Object(_), _) | (_, Value::Array(_) | Value::Object(_)) => None,
        (Value::Number(left), Value::Number(right)) => Some(compare_numbers(left, right)?.is_eq()),
        _ => Some(left == right),
    }
}

pub(super) fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

pub(super) fn finite(number: f64) -> Option<Value> {
    number.is_finite().then(|| Value::number(number))
}

/// The text of a scalar; how fractions are written is the engine's business.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.to_string()),
        Value::Null | Value::Bool(_) => Some(value.to_string()),
        Value::Number(number) => number.as_i64().map(|whole| whole.to_string()),
        Value::Array(_) | Value::Object(_) => None,
    }
}
