//! Conditions.

use serde_json::Value;

use super::{Folded, constant, there};
use crate::ir::{Arena, Binary, Expr, ExprId, Unary};

fn truth(arena: &Arena, id: ExprId) -> Option<bool> {
    arena.literal(id).and_then(Value::as_bool)
}

/// `!a`. A comparison with `null` keeps its form: absent keys compare unequal to everything.
pub(super) fn not(arena: &mut Arena, operand: ExprId) -> Folded {
    let opposite = |op| match op {
        Binary::Lt => Some(Binary::Ge),
        Binary::Le => Some(Binary::Gt),
        Binary::Gt => Some(Binary::Le),
        Binary::Ge => Some(Binary::Lt),
        Binary::Eq => Some(Binary::Ne),
        _ => None,
    };
    match *arena.get(operand) {
        Expr::Literal(Value::Bool(value)) => constant(arena, !value),
        Expr::Unary(Unary::Not, inner) => Folded::Is(inner),
        Expr::Binary(Binary::Ne, left, right) if arena.literal(right).is_none_or(|value| !value.is_null()) => {
            Folded::Is(arena.binary(Binary::Eq, left, right))
        }
        Expr::Binary(op, left, right) => match opposite(op) {
            Some(opposite) => Folded::Is(arena.binary(opposite, left, right)),
            None => Folded::Expr(Expr::Unary(Unary::Not, operand)),
        },
        _ => Folded::Expr(Expr::Unary(Unary::Not, operand)),
    }
}

/// `a && b`, `a || b`
pub(super) fn junction(arena: &mut Arena, op: Binary, left: ExprId, right: ExprId) -> Folded {
    let decisive = op == Binary::Or;
    match (truth(arena, left), truth(arena, right)) {
        (Some(value), _) if value == decisive => Folded::Is(left),
        (Some(_), _) => Folded::Is(right),
        (None, Some(value)) if value == decisive && arena.is_movable(left) => Folded::Is(right),
        (None, Some(value)) if value != decisive => Folded::Is(left),
        _ if left == right => Folded::Is(left),
        // The right side is only reached where the left one does not decide.
        _ => match assume(arena, right, left, op == Binary::And) {
            same if same == right => Folded::Expr(Expr::Binary(op, left, right)),
            simpler => Folded::Is(arena.binary(op, left, simpler)),
        },
    }
}

/// `if cond { then } else { otherwise }`
pub(super) fn conditional(arena: &mut Arena, cond: ExprId, then: ExprId, otherwise: ExprId) -> Folded {
    match truth(arena, cond) {
        Some(true) => return Folded::Is(then),
        Some(false) => return Folded::Is(otherwise),
        None => {}
    }
    if let Expr::Unary(Unary::Not, inner) = *arena.get(cond) {
        return Folded::Is(arena.if_(inner, otherwise, then));
    }
    if then == otherwise && arena.is_movable(cond) || is_self_or_null(arena, cond, then, otherwise) {
        return Folded::Is(then);
    }
    let (then, otherwise) = (assume(arena, then, cond, true), assume(arena, otherwise, cond, false));
    if then == otherwise && arena.is_movable(cond) {
        return Folded::Is(then);
    }
    if arena.is_null(otherwise)
        && let Some(part) = there::optional_part(arena, cond, then)
    {
        return Folded::Is(part);
    }
    match (truth(arena, then), truth(arena, otherwise)) {
        (Some(true), Some(false)) => Folded::Is(cond),
        (Some(false), Some(true)) => Folded::Is(arena.unary(Unary::Not, cond)),
        (Some(false), None) if is_boolean(arena, otherwise) => {
            let not = arena.unary(Unary::Not, cond);
            Folded::Is(arena.binary(Binary::And, not, otherwise))
        }
        (Some(true), None) if is_boolean(arena, otherwise) => Folded::Is(arena.binary(Binary::Or, cond, otherwise)),
        (None, Some(false)) if is_boolean(arena, then) => Folded::Is(arena.binary(Binary::And, cond, then)),
        (None, Some(true)) if is_boolean(arena, then) => {
            let not = arena.unary(Unary::Not, cond);
            Folded::Is(arena.binary(Binary::Or, not, then))
        }
        _ => Folded::Expr(Expr::If { cond, then, otherwise }),
    }
}

/// The conditions that hold, or do not, where one holds, or does not.
pub(crate) fn decided(arena: &Arena, cond: ExprId, holds: bool) -> Vec<(ExprId, bool)> {
    match (arena.get(cond), holds) {
        (Expr::Literal(_), _) => Vec::new(),
        (Expr::Unary(Unary::Not, inner), _) => decided(arena, *inner, !holds),
        (Expr::Binary(Binary::And, left, right), true) | (Expr::Binary(Binary::Or, left, right), false) => {
            [decided(arena, *left, holds), decided(arena, *right, holds)].concat()
        }
        _ => vec![(cond, holds)],
    }
}

/// An expression where a condition is known to hold, or not to hold.
pub(crate) fn assume(arena: &mut Arena, id: ExprId, cond: ExprId, holds: bool) -> ExprId {
    decided(arena, cond, holds).into_iter().fold(id, |id, (cond, holds)| assume_part(arena, id, cond, holds))
}

/// The same for a condition that decides no other.
fn assume_part(arena: &mut Arena, id: ExprId, cond: ExprId, holds: bool) -> ExprId {
    let known = arena.constant(holds);
    let id = arena.replace(id, cond, known);
    match *arena.get(cond) {
        Expr::Binary(Binary::Lt | Binary::Le | Binary::Gt | Binary::Ge, ..) => {
            let (opposite, known) = (arena.unary(Unary::Not, cond), arena.constant(!holds));
            arena.replace(id, opposite, known)
        }
        Expr::Binary(Binary::Ne, value, null) if !holds && arena.is_null(null) => there::assume_none(arena, id, value),
        Expr::Binary(Binary::And, whole, part) if there::asks_within(arena, whole, part) => {
            assume(arena, id, part, false)
        }
        _ => match there::asked(arena, cond).filter(|_| holds) {
            Some(value) => there::assume_some(arena, id, value),
            None => id,
        },
    }
}

/// `if x.is_some() { x } else { None }`
fn is_self_or_null(arena: &Arena, cond: ExprId, then: ExprId, otherwise: ExprId) -> bool {
    matches!(*arena.get(cond), Expr::Binary(Binary::Ne, value, null)
        if value == then && arena.is_null(null) && arena.is_null(otherwise))
}

fn is_boolean(arena: &Arena, id: ExprId) -> bool {
    match arena.get(id) {
        Expr::Literal(Value::Bool(_)) | Expr::Has { .. } | Expr::Unary(Unary::Not, _) => true,
        Expr::Binary(op, ..) => matches!(
            op,
            Binary::And
                | Binary::Or
                | Binary::Eq
                | Binary::Ne
                | Binary::Lt
                | Binary::Le
                | Binary::Gt
                | Binary::Ge
                | Binary::In
        ),
        Expr::If { then, otherwise, .. } => is_boolean(arena, *then) && is_boolean(arena, *otherwise),
        Expr::Call(function, _) => matches!(function.name, "exists" | "contains" | "boolean"),
        _ => false,
    }
}

/// `a == b`, `a != b`
pub(super) fn equality(arena: &mut Arena, op: Binary, left: ExprId, right: ExprId) -> Folded {
    let (left, right) = (arena.form(left), arena.form(right));
    let answer = match (arena.literal(left), arena.literal(right)) {
        (Some(a), Some(b)) => same_json(a, b),
        (None, Some(b)) => never_equal(arena, left, b).then_some(false),
        (Some(a), None) => never_equal(arena, right, a).then_some(false),
        (None, None) if left == right && arena.is_movable(left) => Some(true),
        (None, None) => None,
    };
    if let Some(equal) = answer {
        return constant(arena, equal == (op == Binary::Eq));
    }
    if arena.literal(left).is_some() && arena.literal(right).is_none() {
        return Folded::Is(arena.binary(op, right, left));
    }
    match *arena.get(left) {
        Expr::If { cond, then, otherwise } if arena.literal(right).is_some() => {
            distribute(arena, op, (cond, then, otherwise), right)
        }
        _ => Folded::Expr(Expr::Binary(op, left, right)),
    }
}

/// `(if c { 'a' } else { x }) == 'b'`: a branch that is known decides.
fn distribute(
    arena: &mut Arena,
    op: Binary,
    (cond, then, otherwise): (ExprId, ExprId, ExprId),
    right: ExprId,
) -> Folded {
    let new_then = arena.binary(op, then, right);
    let new_otherwise = arena.binary(op, otherwise, right);
    if truth(arena, new_then).is_some() || truth(arena, new_otherwise).is_some() {
        return Folded::Is(arena.if_(cond, new_then, new_otherwise));
    }
    let left = arena.push(Expr::If { cond, then, otherwise });
    Folded::Expr(Expr::Binary(op, left, right))
}

/// Whether two constants are the same JSON; floats are left to the target.
fn same_json(a: &Value, b: &Value) -> Option<bool> {
    (!has_float(a) && !has_float(b)).then(|| a == b)
}

/// Whether a float is in a constant: how it is written is left to the target.
pub(super) fn has_float(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(items) => items.iter().any(has_float),
        Value::Object(fields) => fields.values().any(has_float),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

/// Whether an expression can never be this constant, by its form.
pub(super) fn never_equal(arena: &Arena, id: ExprId, value: &Value) -> bool {
    match arena.get(id) {
        Expr::Object(fields) => value.as_object().is_none_or(|object| object.len() != fields.len()),
        Expr::Array(items) => value.as_array().is_none_or(|array| array.len() != items.len()),
        Expr::Map { .. } | Expr::Filter { .. } | Expr::Sort { .. } => !value.is_array(),
        Expr::Binary(Binary::Concat, ..) => !value.is_string(),
        Expr::Call(function, _) if function.name == "string" => !value.is_string(),
        Expr::Binary(Binary::Add | Binary::Sub | Binary::Mul | Binary::Div | Binary::Rem, ..) => !value.is_number(),
        _ if value.is_null() => !arena.kind(id).nullable && arena.is_movable(id),
        _ => is_boolean(arena, id) && !value.is_boolean(),
    }
}
