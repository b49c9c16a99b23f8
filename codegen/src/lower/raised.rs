//! Failures that only raise again what a catcher caught.

use serde_json::Value;

use super::{
    graph::{Catch, Edge, Failure, Target},
    jsonata::free_vars,
    thread::assigns_in_vain,
};
use crate::ir::{Arena, Binary, Expr, ExprId};

/// Whether a catcher of one error only fails with it, as it was.
pub(super) fn raises_again(arena: &mut Arena, catcher: &Catch) -> bool {
    let Target::Fail(failure) = &catcher.edge.target else { return false };
    let [name] = catcher.errors.as_slice() else { return false };
    let is_own = is_same_value(arena, failure) && free_vars(arena, failure.cause).is_empty();
    arena.literal(failure.error).and_then(Value::as_str) == Some(name)
        && (is_own || is_caught_cause(arena, failure.cause))
}

/// Lets a failure with the cause that was caught take the name as well from there, so that those of all errors are one.
pub(super) fn by_its_own_name(arena: &mut Arena, catcher: &mut Catch) {
    if let Target::Fail(failure) = &mut catcher.edge.target
        && is_caught_cause(arena, failure.cause)
    {
        failure.error = caught(arena, "Error");
    }
}

/// Whether a catcher of errors that it does not name only fails with their own names and causes.
pub(super) fn raises_any_again(arena: &mut Arena, catcher: &Catch) -> bool {
    let Target::Fail(Failure { error, cause, .. }) = catcher.edge.target else { return false };
    error == caught(arena, "Error") && is_caught_cause(arena, cause)
}

/// Whether a rule that has told an error by its name only fails with it, as the default does whatever the name is.
pub(super) fn fails_alike(arena: &Arena, cond: ExprId, way: &Edge, default: &Edge) -> bool {
    let (Target::Fail(told), Target::Fail(any)) = (&way.target, &default.target) else { return false };
    let told_apart = match arena.get(cond) {
        Expr::Binary(Binary::Eq, error, name) => *error == any.error && *name == told.error,
        _ => false,
    };
    told_apart && assigns_in_vain(arena, way) && assigns_in_vain(arena, default) && is_same_value(arena, told)
}

/// A field of what was caught.
pub(super) fn caught(arena: &mut Arena, key: &str) -> ExprId {
    let base = arena.push(Expr::ErrorOutput);
    arena.key(base, key)
}

/// Whether a cause is the one that was caught, or empty where there was none.
fn is_caught_cause(arena: &mut Arena, cause: ExprId) -> bool {
    let own = caught(arena, "Cause");
    let (null, empty) = (arena.constant(Value::Null), arena.constant(""));
    let is_some = arena.binary(Binary::Ne, own, null);
    cause == own || cause == arena.if_(is_some, own, empty)
}

/// Whether the cause of a failure is the error that was caught, to whoever decodes it.
fn is_same_value(arena: &Arena, failure: &Failure) -> bool {
    let name = arena.literal(failure.error).and_then(Value::as_str);
    if !failure.errors.iter().any(|variant| !variant.other && name == Some(variant.name)) {
        return false;
    }
    match arena.get(failure.cause) {
        Expr::Call(function, arguments) if function.name == "string" => {
            arguments.first().is_some_and(|value| matches!(arena.get(*value), Expr::Known { .. }))
        }
        // An error of others of which nothing is kept.
        Expr::Known { value, .. } => arena.literal(*value).is_some_and(|text| text == ""),
        // The JSON text of a unit variant: nothing in it can differ.
        Expr::Literal(Value::String(text)) => text.starts_with('"'),
        _ => false,
    }
}
