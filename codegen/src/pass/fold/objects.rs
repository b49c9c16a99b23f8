//! Objects: their keys, what is read of them, and what they are merged of.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{Folded, constant};
use crate::ir::{Arena, Expr, ExprId, Kind};

/// `x.key`
pub(super) fn field(
    arena: &mut Arena,
    base: ExprId,
    mut keys: Vec<String>,
    default: Option<Value>,
    kind: Kind,
) -> Folded {
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
            Expr::Without { base, keys: without } => {
                keys.retain(|key| !without.contains(key));
                match keys.is_empty() {
                    true => constant(arena, default.unwrap_or(Value::Null)),
                    false => Folded::Is(arena.build(Expr::Field { base, keys, default, kind })),
                }
            }
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
    kind: Kind,
) -> Folded {
    for (number, part) in parts.iter().enumerate().rev() {
        let (before, part) = (parts.get(..number).unwrap_or_default(), *part);
        match presence(arena, part, &keys) {
            Presence::Absent => {}
            Presence::Present => return Folded::Is(arena.build(Expr::Field { base: part, keys, default, kind })),
            Presence::Unknown if number == 0 => {
                return Folded::Is(arena.build(Expr::Field { base: part, keys, default, kind }));
            }
            Presence::Unknown => return Folded::Expr(Expr::Field { base, keys, default, kind }),
            Presence::If(cond, then, otherwise) => {
                let rest = |arena: &mut Arena, part| arena.build(Expr::Merge([before, &[part]].concat()));
                let (then, otherwise) = (rest(arena, then), rest(arena, otherwise));
                let mut read =
                    |base| arena.build(Expr::Field { base, keys: keys.clone(), default: default.clone(), kind });
                let (then, otherwise) = (read(then), read(otherwise));
                return Folded::Is(arena.if_(cond, then, otherwise));
            }
        }
    }
    constant(arena, default.unwrap_or(Value::Null))
}

/// Whether an object has one of some keys.
enum Presence {
    Absent,
    Present,
    Unknown,
    /// It depends: the condition, and the object where it holds and where it does not.
    If(ExprId, ExprId, ExprId),
}

fn presence(arena: &Arena, part: ExprId, keys: &[String]) -> Presence {
    let is_present = match arena.get(part) {
        Expr::Object(fields) => fields.iter().any(|(key, _)| keys.contains(key)),
        Expr::Literal(Value::Object(fields)) => keys.iter().any(|key| fields.contains_key(key)),
        Expr::If { cond, then, otherwise } => {
            return match (presence(arena, *then, keys), presence(arena, *otherwise, keys)) {
                (Presence::Absent, Presence::Absent) => Presence::Absent,
                (Presence::Unknown, _) | (_, Presence::Unknown) => Presence::Unknown,
                _ => Presence::If(*cond, *then, *otherwise),
            };
        }
        Expr::Without { keys: without, .. } if keys.iter().all(|key| without.contains(key)) => false,
        _ => return Presence::Unknown,
    };
    if is_present { Presence::Present } else { Presence::Absent }
}

/// Whether an object has a key.
pub(super) fn has_key(arena: &mut Arena, base: ExprId, key: String) -> Folded {
    match has(arena, arena.form(base), &key) {
        Some(answer) => constant(arena, answer),
        None => conditional_has(arena, base, key),
    }
}

fn has(arena: &Arena, base: ExprId, key: &str) -> Option<bool> {
    match arena.get(base) {
        Expr::Literal(Value::Object(fields)) => Some(fields.contains_key(key)),
        Expr::Literal(_) | Expr::Array(_) | Expr::Binary(..) | Expr::Unary(..) => Some(false),
        Expr::Object(fields) => Some(fields.iter().any(|(name, _)| name == key)),
        Expr::Merge(parts) => parts.iter().any(|part| has(arena, *part, key) == Some(true)).then_some(true),
        Expr::Without { keys, .. } if keys.iter().any(|without| without == key) => Some(false),
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

/// `Point { x, y }`
pub(super) fn object(arena: &mut Arena, fields: Vec<(String, ExprId)>) -> Folded {
    let values: Option<Map<String, Value>> =
        fields.iter().map(|(key, value)| Some((key.clone(), arena.own_literal(*value)?.clone()))).collect();
    match values {
        Some(values) => constant(arena, Value::Object(values)),
        None => Folded::Expr(Expr::Object(fields)),
    }
}

/// `Point { x, ..base }`
pub(super) fn merge(arena: &mut Arena, parts: Vec<ExprId>) -> Folded {
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
    drop_overwritten(arena, &mut merged);
    match merged.as_slice() {
        [only] => Folded::Is(*only),
        _ => Folded::Expr(Expr::Merge(merged)),
    }
}

/// What a later part always sets need not be in an earlier one.
fn drop_overwritten(arena: &mut Arena, parts: &mut Vec<ExprId>) {
    let mut set: HashSet<String> = HashSet::new();
    for part in parts.iter_mut().rev() {
        let own = known_fields(arena, *part).unwrap_or_default();
        if own.iter().any(|(key, _)| set.contains(key)) {
            let left = own.iter().filter(|(key, _)| !set.contains(key)).cloned().collect();
            *part = arena.build(Expr::Object(left));
        } else if let Expr::Without { base, mut keys } = arena.get(*part).clone() {
            keys.retain(|key| !set.contains(key));
            *part = arena.build(Expr::Without { base, keys });
        }
        set.extend(own.into_iter().map(|(key, _)| key));
    }
    let empty = arena.constant(Value::Object(Map::new()));
    let is_empty = parts.iter().all(|part| *part == empty);
    parts.retain(|part| *part != empty);
    if is_empty {
        parts.push(empty);
    }
}

/// An object without some keys: each of its parts without them.
pub(super) fn without(arena: &mut Arena, base: ExprId, mut keys: Vec<String>) -> Folded {
    if keys.is_empty() {
        return Folded::Is(base);
    }
    if let Some(mut fields) = known_fields(arena, base) {
        fields.retain(|(key, _)| !keys.contains(key));
        return object(arena, fields);
    }
    let rest = |arena: &mut Arena, base| arena.build(Expr::Without { base, keys: keys.clone() });
    match arena.get(base).clone() {
        Expr::Merge(parts) => {
            let parts = parts.into_iter().map(|part| rest(arena, part)).collect();
            Folded::Is(arena.build(Expr::Merge(parts)))
        }
        Expr::If { cond, then, otherwise } if is_made(arena, then) || is_made(arena, otherwise) => {
            let (then, otherwise) = (rest(arena, then), rest(arena, otherwise));
            Folded::Is(arena.if_(cond, then, otherwise))
        }
        Expr::Without { base, keys: others } => {
            keys.extend(others);
            keys.sort_unstable();
            keys.dedup();
            Folded::Expr(Expr::Without { base, keys })
        }
        _ => Folded::Expr(Expr::Without { base, keys }),
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
