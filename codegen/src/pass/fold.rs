//! Constants and known parts: an expression in its simplest form, from operands that have theirs already.

mod logic;
mod numbers;

pub(crate) use logic::assume;

use serde_json::{Map, Value};

use crate::ir::{Arena, Binary, Expr, ExprId, Kind, Unary};

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
        Expr::Field { base, keys, default, kind } => field(arena, arena.form(base), keys, default, kind),
        Expr::Item { list, index, kind } => match element(arena, list, index) {
            Some(item) => Folded::Is(item),
            None => Folded::Expr(Expr::Item { list, index, kind }),
        },
        Expr::Has { base, key } => match has(arena, arena.form(base), &key) {
            Some(answer) => constant(arena, answer),
            None => conditional_has(arena, base, key),
        },
        Expr::Object(fields) => object(arena, fields),
        Expr::Entry { key, value } => match arena.literal(key).and_then(Value::as_str).map(str::to_owned) {
            Some(key) => object(arena, vec![(key, value)]),
            None => Folded::Expr(Expr::Entry { key, value }),
        },
        Expr::Merge(parts) => merge(arena, parts),
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
        other => Folded::Expr(other),
    }
}

fn constant(arena: &mut Arena, value: impl Into<Value>) -> Folded {
    Folded::Is(arena.constant(value))
}

fn field(arena: &mut Arena, base: ExprId, keys: Vec<String>, default: Option<Value>, kind: crate::ir::Kind) -> Folded {
    let known = match arena.get(base) {
        Expr::Literal(Value::Object(fields)) => Some(keys.iter().find_map(|key| fields.get(key)).cloned()),
        // A part of what is not there: the value of a way that is never taken.
        Expr::Literal(Value::Null) => Some(None),
        Expr::Object(fields) => {
            let found = keys.iter().find_map(|key| fields.iter().find(|(name, _)| name == key));
            match found {
                Some((_, value)) => return Folded::Is(*value),
                None => Some(None),
            }
        }
        _ => None,
    };
    match known {
        Some(value) => {
            let value = value.or(default).unwrap_or(Value::Null);
            constant(arena, value)
        }
        None => match arena.get(base).clone() {
            Expr::Merge(parts) => merged_field(arena, &parts, base, keys, default, kind),
            Expr::If { cond, then, otherwise } if is_made(arena, then) || is_made(arena, otherwise) => {
                let then = arena.build(Expr::Field { base: then, keys: keys.clone(), default: default.clone(), kind });
                let otherwise = arena.build(Expr::Field { base: otherwise, keys, default, kind });
                Folded::Is(arena.if_(cond, then, otherwise))
            }
            _ => Folded::Expr(Expr::Field { base, keys, default, kind }),
        },
    }
}

/// Whether all keys of a value are known.
fn is_made(arena: &Arena, id: ExprId) -> bool {
    matches!(arena.get(id), Expr::Object(_) | Expr::Literal(Value::Object(_)))
}

/// Later parts win; a part whose keys are not known ends the search.
fn merged_field(
    arena: &mut Arena,
    parts: &[ExprId],
    base: ExprId,
    keys: Vec<String>,
    default: Option<Value>,
    kind: crate::ir::Kind,
) -> Folded {
    for (number, part) in parts.iter().enumerate().rev() {
        let found = match arena.get(*part) {
            Expr::Object(fields) => fields.iter().any(|(key, _)| keys.contains(key)),
            Expr::Literal(Value::Object(fields)) => keys.iter().any(|key| fields.contains_key(key)),
            _ if number == 0 => true,
            _ => return Folded::Expr(Expr::Field { base, keys, default, kind }),
        };
        if found {
            return Folded::Is(arena.build(Expr::Field { base: *part, keys, default, kind }));
        }
    }
    constant(arena, default.unwrap_or(Value::Null))
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

fn has(arena: &Arena, base: ExprId, key: &str) -> Option<bool> {
    match arena.get(base) {
        Expr::Literal(Value::Object(fields)) => Some(fields.contains_key(key)),
        Expr::Literal(_) | Expr::Array(_) | Expr::Binary(..) | Expr::Unary(..) => Some(false),
        Expr::Object(fields) => Some(fields.iter().any(|(name, _)| name == key)),
        Expr::Merge(parts) => parts.iter().any(|part| has(arena, *part, key) == Some(true)).then_some(true),
        _ => None,
    }
}

/// `(if c { Ok(a) } else { Err(b) }).is_ok()`: the condition decides.
fn conditional_has(arena: &mut Arena, base: ExprId, key: String) -> Folded {
    match *arena.get(base) {
        Expr::If { cond, then, otherwise } => {
            let then = arena.build(Expr::Has { base: then, key: key.clone() });
            let otherwise = arena.build(Expr::Has { base: otherwise, key: key.clone() });
            if arena.literal(then).or(arena.literal(otherwise)).is_some() {
                return Folded::Is(arena.if_(cond, then, otherwise));
            }
            Folded::Expr(Expr::Has { base, key })
        }
        _ => Folded::Expr(Expr::Has { base, key }),
    }
}

fn object(arena: &mut Arena, fields: Vec<(String, ExprId)>) -> Folded {
    let values: Option<Map<String, Value>> =
        fields.iter().map(|(key, value)| Some((key.clone(), arena.own_literal(*value)?.clone()))).collect();
    match values {
        Some(values) => constant(arena, Value::Object(values)),
        None => Folded::Expr(Expr::Object(fields)),
    }
}

fn array(arena: &mut Arena, items: Vec<ExprId>) -> Folded {
    let values: Option<Vec<Value>> = items.iter().map(|item| arena.own_literal(*item).cloned()).collect();
    match values {
        Some(values) => constant(arena, Value::Array(values)),
        None => Folded::Expr(Expr::Array(items)),
    }
}

fn merge(arena: &mut Arena, parts: Vec<ExprId>) -> Folded {
    let mut flat: Vec<ExprId> = Vec::new();
    for part in parts {
        match arena.get(part).clone() {
            Expr::Merge(inner) => flat.extend(inner),
            _ => flat.push(part),
        }
    }
    let mut merged: Vec<ExprId> = Vec::new();
    for part in flat {
        match (merged.last().and_then(|last| known_fields(arena, *last)), known_fields(arena, part)) {
            (_, Some(new)) if new.is_empty() && !merged.is_empty() => {}
            (Some(mut old), Some(new)) => {
                for (key, value) in new {
                    match old.iter_mut().find(|(name, _)| *name == key) {
                        Some(slot) => slot.1 = value,
                        None => old.push((key, value)),
                    }
                }
                merged.pop();
                merged.push(arena.build(Expr::Object(old)));
            }
            _ => merged.push(part),
        }
    }
    match merged.as_slice() {
        [only] => Folded::Is(*only),
        _ => Folded::Expr(Expr::Merge(merged)),
    }
}

fn known_fields(arena: &mut Arena, id: ExprId) -> Option<Vec<(String, ExprId)>> {
    match arena.get(id).clone() {
        Expr::Object(fields) => Some(fields),
        Expr::Literal(Value::Object(fields)) => {
            Some(fields.into_iter().map(|(key, value)| (key, arena.constant(value))).collect())
        }
        _ => None,
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
        ("count", Some(Expr::Map { list, body, .. })) if arena.is_movable(body) => {
            return Folded::Is(arena.call(function, vec![list]));
        }
        ("append", Some(_)) => return append(arena, function, arguments),
        ("length", Some(Expr::Literal(Value::String(text)))) => Some(Value::from(text.chars().count())),
        ("string", Some(Expr::Literal(Value::String(text)))) => Some(Value::from(text)),
        ("string", Some(Expr::Literal(Value::Number(number)))) if !number.is_f64() => {
            Some(Value::from(number.to_string()))
        }
        _ => None,
    };
    match folded {
        Some(value) => constant(arena, value),
        None => Folded::Expr(Expr::Call(function, arguments)),
    }
}

/// Nothing before or behind a list, and two lists whose items stand in the source.
fn append(arena: &mut Arena, function: crate::ir::Function, arguments: Vec<ExprId>) -> Folded {
    let [left, right] = arguments[..] else { return Folded::Expr(Expr::Call(function, arguments)) };
    match (arena.get(left), arena.get(right)) {
        (_, _) if is_empty_list(arena, left) && arena.kind(right) == Kind::List => Folded::Is(right),
        (_, _) if is_empty_list(arena, right) && arena.kind(left) == Kind::List => Folded::Is(left),
        (Expr::Array(left), Expr::Array(right)) => Folded::Expr(Expr::Array([&left[..], right].concat())),
        _ => Folded::Expr(Expr::Call(function, arguments)),
    }
}

fn is_empty_list(arena: &Arena, id: ExprId) -> bool {
    match arena.get(id) {
        Expr::Array(items) => items.is_empty(),
        Expr::Literal(Value::Array(items)) => items.is_empty(),
        _ => false,
    }
}
