//! Expressions in the fields of a state: JSON whose texts may be `{% … %}`.

use serde_json::{Map, Value};

use super::jsonata::{Names, print, quote};
use crate::ir::{Expr, ExprId};

/// A value of a field: an object or list with expressions inside, where that is no longer than one expression.
pub(super) fn template(names: &Names<'_>, id: ExprId) -> Value {
    let open = open(names, id);
    let whole = Value::String(expression(names, id));
    let much_longer = open.to_string().len() > 2 * whole.to_string().len() + 120;
    if much_longer { whole } else { open }
}

/// An output: as [`template`], but an object or one expression, because not every judge of definitions takes other JSON there.
pub(super) fn output(names: &Names<'_>, id: ExprId) -> Value {
    match template(names, id) {
        object_or_text @ (Value::Object(_) | Value::String(_)) => object_or_text,
        Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) => Value::String(expression(names, id)),
    }
}

/// The text of a field that takes an expression.
pub(super) fn expression(names: &Names<'_>, id: ExprId) -> String {
    format!("{{% {} %}}", print(names, id))
}

fn open(names: &Names<'_>, id: ExprId) -> Value {
    match names.arena.get(names.arena.form(id)) {
        Expr::Literal(value) => literal(value),
        Expr::Object(fields) if names.arena.form(id) == id => {
            Value::Object(fields.iter().map(|(key, value)| (key.clone(), open(names, *value))).collect())
        }
        Expr::Array(items) if names.arena.form(id) == id => {
            Value::Array(items.iter().map(|item| open(names, *item)).collect())
        }
        _ => Value::String(expression(names, id)),
    }
}

/// A constant; a text that looks like an expression becomes one that gives the text.
fn literal(value: &Value) -> Value {
    match value {
        Value::String(text) if text.starts_with("{%") || text.ends_with("%}") => {
            Value::String(format!("{{% {} %}}", quote(text)))
        }
        Value::Array(items) => Value::Array(items.iter().map(literal).collect()),
        Value::Object(fields) => Value::Object(
            fields.iter().map(|(key, value)| (key.clone(), literal(value))).collect::<Map<String, Value>>(),
        ),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}
