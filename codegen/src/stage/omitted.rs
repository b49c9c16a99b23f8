//! Keys that serde leaves out: `#[serde(skip_serializing_if = …)]`.
//!
//! A workflow follows a predicate that holds for one value only, such as `Option::is_none`: what is absent then reads as that
//! value, and nothing is lost.

use serde_json::{Value, json};

use super::{list, map, node, recorder};
use crate::{
    data::{Field, Shape, SkipIf},
    diagnostic::Code,
    ir::{Binary, Expr, ExprId},
    position::Position,
};

/// The one value for which a field is left out, where there is just one.
pub(super) fn omitted(field: &Field) -> Option<Value> {
    match field.skip_if? {
        SkipIf::Method(name) => match ((field.shape)(), name) {
            (Shape::Option(_), "is_none") | (Shape::Any, "is_null") => Some(Value::Null),
            (Shape::List(_), "is_empty") => Some(json!([])),
            (Shape::Map(_), "is_empty") => Some(json!({})),
            (Shape::Text, "is_empty") => Some(json!("")),
            (Shape::Bool, "not") => Some(json!(false)),
            _ => None,
        },
        SkipIf::Function(predicate) => {
            let value = recorder::read(node::parameter("value", &(field.shape)()));
            only_value(predicate(value)?, value, &(field.shape)())
        }
    }
}

/// What a field is in the object that serde writes: nothing (an empty object) where it is left out. What a workflow cannot
/// tell is reported.
pub(super) fn written(field: &Field, value: ExprId, at: Position) -> ExprId {
    written_if_known(field, value).unwrap_or_else(|| {
        let message = format!("a workflow cannot tell when serde leaves out `{}`", field.ident);
        recorder::report(Code::SkipIf, at, message);
        pair(field, value)
    })
}

/// The same with another value under the key.
pub(super) fn written_as(field: &Field, value: ExprId, content: ExprId, at: Position) -> ExprId {
    match omitted(field) {
        Some(omitted) => node::if_(differs(value, &omitted), pair(field, content), nothing()),
        None if field.skip_if.is_none() => pair(field, content),
        None => written(field, value, at),
    }
}

/// The same, where a workflow can tell.
pub(super) fn written_if_known(field: &Field, value: ExprId) -> Option<ExprId> {
    let is_flat_option = field.flatten && matches!((field.shape)(), Shape::Option(_));
    let omitted = match field.skip_if {
        Some(_) => omitted(field).filter(|omitted| field.default.is_none_or(|default| default() == *omitted))?,
        None if is_flat_option => Value::Null,
        None => return Some(pair(field, value)),
    };
    Some(node::if_(differs(value, &omitted), pair(field, value), nothing()))
}

/// A field with its key, or the keys that are flattened.
pub(super) fn pair(field: &Field, value: ExprId) -> ExprId {
    if field.flatten { value } else { node::build(Expr::Object(vec![(field.key.to_owned(), value)])) }
}

/// An object without keys.
pub(super) fn nothing() -> ExprId {
    node::constant(json!({}))
}

/// The value for which alone a condition holds: `*n == 0`, `!flag`, `list.is_empty()`.
fn only_value(condition: ExprId, value: ExprId, shape: &Shape) -> Option<Value> {
    let is_value = |condition, known: &Value| node::not(differs(value, known)) == condition;
    let empty = match shape {
        Shape::Option(_) => Some(Value::Null),
        Shape::List(_) => Some(json!([])),
        Shape::Map(_) => Some(json!({})),
        Shape::Bool => Some(json!(false)),
        _ => None,
    };
    let compared = recorder::with(|recorder| match *recorder.arena.get(condition) {
        Expr::Binary(Binary::Eq, left, right) if left == value => recorder.arena.literal(right).cloned(),
        Expr::Var(_) if condition == value => Some(json!(true)),
        _ => None,
    });
    compared.or(empty.filter(|empty| is_value(condition, empty)))
}

/// Whether a value, which is evaluated in any case, is another than this one.
fn differs(value: ExprId, known: &Value) -> ExprId {
    match known {
        Value::Null if !node::kind(value).nullable => node::constant(true),
        Value::Null => node::is_some(value),
        Value::Bool(known) => {
            if *known {
                node::not(value)
            } else {
                value
            }
        }
        Value::Array(items) if items.is_empty() => node::not(list::is_empty(value)),
        Value::Object(fields) if fields.is_empty() => node::not(map::is_empty(value)),
        known => node::binary(Binary::Ne, value, node::constant(known.clone())),
    }
}
