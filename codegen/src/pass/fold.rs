//! Constants and known parts: an expression in its simplest form, from operands that have theirs already.

mod logic;
mod numbers;
mod objects;
mod there;

pub(crate) use logic::{assume, decided};
pub(crate) use there::{asked, asks_within, path};

use serde_json::Value;

use crate::ir::{Arena, Array, Binary, Expr, ExprId, Unary};

/// What an expression comes to.
pub(crate) enum Folded {
    /// One that is there already.
    Is(ExprId),
    /// This one, still to be stored.
    Expr(Expr),
}

/// The simplest form of an expression whose operands are in theirs.
pub(crate) fn fold(arena: &mut Arena, expr: Expr) -> Folded {
    match expr {
        Expr::Field { base, keys, default, kind } => objects::field(arena, arena.form(base), keys, default, kind),
        Expr::Item { list, index, kind } => match element(arena, list, index) {
            Some(item) => Folded::Is(item),
            None => Folded::Expr(Expr::Item { list, index, kind }),
        },
        Expr::Has { base, key } => objects::has_key(arena, base, key),
        Expr::Object(fields) => objects::object(arena, fields),
        Expr::Entry { key, value } => match arena.literal(key).and_then(Value::as_str).map(str::to_owned) {
            Some(key) => objects::object(arena, vec![(key, value)]),
            None => Folded::Expr(Expr::Entry { key, value }),
        },
        Expr::Merge(parts) => objects::merge(arena, parts),
        Expr::Without { base, keys } => objects::without(arena, base, keys),
        Expr::Array(items) => array(arena, items),
        Expr::Unary(Unary::Not, operand) => logic::not(arena, operand),
        Expr::Unary(Unary::Neg, operand) => numbers::negate(arena, operand),
        Expr::Binary(op @ (Binary::And | Binary::Or), left, right) => logic::junction(arena, op, left, right),
        Expr::Binary(op, left, right) => binary(arena, op, left, right),
        Expr::If { cond, then, otherwise } => logic::conditional(arena, cond, then, otherwise),
        Expr::Call(function, arguments) => call(arena, function, arguments),
        Expr::Map { list, item, index, body } => match arena.get(body) {
            Expr::Var(var) if *var == item => Folded::Is(list),
            _ => Folded::Expr(Expr::Map { list, item, index, body }),
        },
        // Nothing more is known than its own form tells.
        Expr::Known { value, form } if value == form && logic::never_equal(arena, value, &Value::Null) => {
            Folded::Is(value)
        }
        other => Folded::Expr(other),
    }
}

fn constant(arena: &mut Arena, value: impl Into<Value>) -> Folded {
    Folded::Is(arena.constant(value))
}

fn element(arena: &mut Arena, list: ExprId, index: ExprId) -> Option<ExprId> {
    let index = usize::try_from(arena.literal(index)?.as_u64()?).ok()?;
    match arena.get(list) {
        Expr::Array(items) => items.get(index).copied(),
        Expr::Literal(Value::Array(items)) => {
            let item = items.get(index)?.clone();
            Some(arena.constant(item))
        }
        _ => None,
    }
}

fn array(arena: &mut Arena, items: Vec<ExprId>) -> Folded {
    let values: Option<Vec<Value>> = items.iter().map(|item| arena.own_literal(*item).cloned()).collect();
    match values {
        Some(values) => constant(arena, Value::Array(values)),
        None => Folded::Expr(Expr::Array(items)),
    }
}

fn binary(arena: &mut Arena, op: Binary, left: ExprId, right: ExprId) -> Folded {
    if let (Some(a), Some(b)) = (arena.literal(left), arena.literal(right))
        && let Some(value) = numbers::compute(op, a, b)
    {
        return constant(arena, value);
    }
    match op {
        Binary::Eq | Binary::Ne => logic::equality(arena, op, left, right),
        Binary::Concat => concat(arena, left, right),
        Binary::Add | Binary::Sub if is_number(arena, right, 0) => Folded::Is(left),
        Binary::Add if is_number(arena, left, 0) => Folded::Is(right),
        Binary::Add | Binary::Sub => numbers::sum(arena, op, left, right),
        Binary::Mul if is_number(arena, right, 1) => Folded::Is(left),
        Binary::Mul if is_number(arena, left, 1) => Folded::Is(right),
        Binary::Mul if is_number(arena, right, 0) && arena.is_movable(left) => Folded::Is(right),
        Binary::Mul if is_number(arena, left, 0) && arena.is_movable(right) => Folded::Is(left),
        Binary::Lt | Binary::Gt if left == right && arena.is_movable(left) => constant(arena, false),
        Binary::Le | Binary::Ge if left == right && arena.is_movable(left) => constant(arena, true),
        _ => Folded::Expr(Expr::Binary(op, left, right)),
    }
}

fn is_number(arena: &Arena, id: ExprId, number: i64) -> bool {
    arena.literal(id).and_then(Value::as_i64) == Some(number)
}

/// Texts that stand side by side become one.
fn concat(arena: &mut Arena, left: ExprId, right: ExprId) -> Folded {
    let empty = |arena: &Arena, id: ExprId| arena.literal(id).and_then(Value::as_str) == Some("");
    if empty(arena, right) {
        return Folded::Is(left);
    }
    if empty(arena, left) {
        return Folded::Is(right);
    }
    match (arena.get(left).clone(), arena.get(right).clone()) {
        (_, Expr::Binary(Binary::Concat, a, b)) => {
            let left = arena.binary(Binary::Concat, left, a);
            Folded::Is(arena.binary(Binary::Concat, left, b))
        }
        (Expr::Binary(Binary::Concat, a, b), Expr::Literal(Value::String(c))) => {
            match arena.literal(b).and_then(Value::as_str) {
                Some(b) => {
                    let text = format!("{b}{c}");
                    let text = arena.constant(text);
                    Folded::Is(arena.binary(Binary::Concat, a, text))
                }
                None => Folded::Expr(Expr::Binary(Binary::Concat, left, right)),
            }
        }
        _ => Folded::Expr(Expr::Binary(Binary::Concat, left, right)),
    }
}

fn call(arena: &mut Arena, function: crate::ir::Function, arguments: Vec<ExprId>) -> Folded {
    let first = arguments.first().copied();
    let folded = match (function.name, first.map(|id| arena.get(id).clone())) {
        ("count", Some(Expr::Literal(Value::Array(items)))) => Some(Value::from(items.len())),
        ("count", Some(Expr::Array(items))) => Some(Value::from(items.len())),
        ("keys", Some(Expr::Literal(Value::Object(fields)))) => {
            Some(fields.into_iter().map(|(key, _)| Value::from(key)).collect())
        }
        ("count", Some(Expr::Map { list, body, .. })) if arena.is_movable(body) => {
            return Folded::Is(arena.call(function, vec![list]));
        }
        ("append", Some(_)) => return append(arena, function, arguments),
        ("length", Some(Expr::Literal(Value::String(text)))) => Some(Value::from(text.chars().count())),
        ("string", Some(Expr::Literal(Value::String(text)))) => Some(Value::from(text)),
        ("string", Some(Expr::Literal(Value::Number(number)))) if !number.is_f64() => {
            Some(Value::from(number.to_string()))
        }
        // The JSON text.
        ("string", Some(Expr::Literal(value))) if !logic::has_float(&value) => Some(Value::from(value.to_string())),
        ("join", Some(Expr::Array(texts))) => return join(arena, function, &texts, arguments),
        ("join", Some(Expr::Literal(Value::Array(texts)))) => {
            let texts: Vec<ExprId> = texts.into_iter().map(|text| arena.constant(text)).collect();
            return join(arena, function, &texts, arguments);
        }
        _ => None,
    };
    match folded {
        Some(value) => constant(arena, value),
        None => Folded::Expr(Expr::Call(function, arguments)),
    }
}

/// Texts that stand in the source, one after the other.
fn join(arena: &mut Arena, function: crate::ir::Function, texts: &[ExprId], arguments: Vec<ExprId>) -> Folded {
    let between = arguments.get(1).copied();
    if between.is_some_and(|between| arena.literal(between).is_none()) {
        return Folded::Expr(Expr::Call(function, arguments));
    }
    let mut pieces = Vec::new();
    for text in texts {
        if !pieces.is_empty() {
            pieces.extend(between);
        }
        pieces.push(*text);
    }
    match pieces.into_iter().reduce(|before, text| arena.binary(Binary::Concat, before, text)) {
        Some(joined) => Folded::Is(joined),
        None => constant(arena, ""),
    }
}

/// Nothing before or behind a list, and two lists whose items stand in the source.
fn append(arena: &mut Arena, function: crate::ir::Function, arguments: Vec<ExprId>) -> Folded {
    let [left, right] = arguments[..] else { return Folded::Expr(Expr::Call(function, arguments)) };
    match (arena.get(left), arena.get(right)) {
        (_, _) if is_empty_list(arena, left) && is_list(arena, right) => Folded::Is(right),
        (_, _) if is_empty_list(arena, right) && is_list(arena, left) => Folded::Is(left),
        (Expr::Array(left), Expr::Array(right)) => Folded::Expr(Expr::Array([&left[..], right].concat())),
        _ => Folded::Expr(Expr::Call(function, arguments)),
    }
}

fn is_list(arena: &Arena, id: ExprId) -> bool {
    arena.kind(id).array == Array::Always
}

fn is_empty_list(arena: &Arena, id: ExprId) -> bool {
    match arena.get(id) {
        Expr::Array(items) => items.is_empty(),
        Expr::Literal(Value::Array(items)) => items.is_empty(),
        _ => false,
    }
}
