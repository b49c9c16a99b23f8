//! What tells a state from others of its kind: a call's arguments, a failure's cause.
//!
//! Unlike a number it does not depend on the states around, so a name that has it stays when others come and go.

use serde_json::Value;

use super::super::{
    graph::{State, StateKind, Work},
    jsonata::Names,
};
use crate::ir::{Expr, ExprId, Function};

/// What variables are called that hold the value of a construct: no words of the source.
const CONSTRUCTS: [&str; 3] = ["if", "loop", "match"];

/// A name with what tells its state from others, if anything simple does.
pub(super) fn detailed(names: &Names<'_>, base: &str, state: &State) -> Option<String> {
    match &state.kind {
        StateKind::Work { work, .. } => match &**work {
            Work::Call(call) => {
                let arguments: Vec<_> = call.arguments.iter().map(|value| words(names, *value)).collect();
                let says_nothing = arguments.iter().all(Option::is_none);
                let arguments: Vec<_> = arguments.iter().map(|words| words.as_deref().unwrap_or("…")).collect();
                (!says_nothing).then(|| format!("{base}({})", arguments.join(", ")))
            }
            _ => None,
        },
        StateKind::Fail(failure) => Some(format!("{base}: {}", cause(names, failure.cause)?)),
        _ => None,
    }
}

/// A value in the words of the source, unless it is more than a constant or a place.
fn words(names: &Names<'_>, value: ExprId) -> Option<String> {
    match names.arena.get(value) {
        Expr::Literal(value @ (Value::Bool(_) | Value::Number(_) | Value::String(_))) => Some(value.to_string()),
        Expr::Var(var) => names.machine.get(var).filter(|name| !CONSTRUCTS.contains(&name.as_str())).cloned(),
        Expr::ExecutionInput => Some("input".to_owned()),
        Expr::Known { value, .. } => words(names, *value),
        Expr::Field { base, keys, .. } => {
            let key = keys.first()?;
            match names.arena.get(*base) {
                Expr::ExecutionInput => Some(key.clone()),
                _ => Some(format!("{}.{key}", words(names, *base)?)),
            }
        }
        _ => None,
    }
}

/// What a cause says: its text, or the values in its JSON.
fn cause(names: &Names<'_>, cause: ExprId) -> Option<String> {
    let mut parts = Vec::new();
    match names.arena.get(cause) {
        Expr::Literal(Value::String(text)) => match serde_json::from_str(text) {
            Ok(json @ (Value::Object(_) | Value::Array(_))) => leaves(&json, &mut parts),
            _ => parts.push(text.trim_matches('"').to_owned()),
        },
        Expr::Call(Function { name: "string", .. }, arguments) => {
            let made = arguments.iter().filter(|value| matches!(names.arena.get(**value), Expr::Object(_)));
            made.for_each(|value| values(names, *value, &mut parts));
        }
        _ => {}
    }
    let text = parts.join(", ").split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

fn values(names: &Names<'_>, value: ExprId, parts: &mut Vec<String>) {
    match names.arena.get(value) {
        Expr::Object(fields) => fields.iter().for_each(|(_, value)| values(names, *value, parts)),
        Expr::Array(items) => items.iter().for_each(|value| values(names, *value, parts)),
        Expr::Literal(json) => leaves(json, parts),
        _ => parts.extend(words(names, value)),
    }
}

fn leaves(json: &Value, parts: &mut Vec<String>) {
    match json {
        Value::Null => {}
        Value::String(text) => parts.push(text.clone()),
        Value::Bool(_) | Value::Number(_) => parts.push(json.to_string()),
        Value::Array(items) => items.iter().for_each(|item| leaves(item, parts)),
        Value::Object(fields) => fields.values().for_each(|value| leaves(value, parts)),
    }
}
