//! What is there: values that are not `null`, and parts of them.
//!
//! A key that is read with a default has it wherever it is absent, also in what is no object: what has a part is there.

use serde_json::Value;

use crate::ir::{Arena, Binary, Expr, ExprId, Kind};

/// The value that has to be there for a condition to hold.
pub(crate) fn asked(arena: &Arena, cond: ExprId) -> Option<ExprId> {
    match arena.get(cond) {
        Expr::Binary(Binary::Ne, value, other) if arena.literal(*other)?.is_null() => Some(*value),
        Expr::Binary(Binary::Eq, value, other) if !arena.literal(*other)?.is_null() => Some(*value),
        Expr::Has { base, .. } => Some(*base),
        _ => None,
    }
}

/// A value that may be a part, and what it is a part of: none of them is there without the next.
pub(crate) fn path(arena: &Arena, value: ExprId) -> Vec<ExprId> {
    let mut path = vec![value];
    let mut at = value;
    while let Expr::Field { base, default: None | Some(Value::Null), .. } = *arena.get(at) {
        path.push(base);
        at = base;
    }
    path
}

/// Whether a question is about a part of what another one is about, so that it never holds where the other does not.
pub(crate) fn asks_within(arena: &Arena, whole: ExprId, part: ExprId) -> bool {
    match (arena.get(whole), arena.get(part)) {
        (Expr::Binary(Binary::And, left, right), _) => {
            return asks_within(arena, *left, part) && asks_within(arena, *right, part);
        }
        (_, Expr::Binary(Binary::And, first, _)) => return asks_within(arena, whole, *first),
        _ => {}
    }
    let is_whole = |at: &ExprId| match (arena.get(whole), arena.get(*at)) {
        (Expr::Binary(Binary::Ne, value, null), _) => at == value && arena.is_null(*null),
        (Expr::Has { base, key }, Expr::Field { base: of, keys, default: None | Some(Value::Null), .. }) => {
            base == of && keys.as_slice() == [key.as_str()]
        }
        _ => false,
    };
    asked(arena, part).is_some_and(|value| path(arena, value).iter().any(is_whole))
}

/// An expression where a value is known not to be `null`.
pub(super) fn assume_some(arena: &mut Arena, id: ExprId, value: ExprId) -> ExprId {
    let (null, known) = (arena.constant(Value::Null), arena.constant(true));
    path(arena, value).into_iter().fold(id, |id, value| {
        let is_some = arena.binary(Binary::Ne, value, null);
        if arena.literal(is_some).is_none() { arena.replace(id, is_some, known) } else { id }
    })
}

/// An expression where a value is known to be `null`.
pub(super) fn assume_none(arena: &mut Arena, id: ExprId, value: ExprId) -> ExprId {
    match arena.literal(value) {
        Some(_) => id,
        None => {
            let null = arena.constant(Value::Null);
            arena.replace(id, value, null)
        }
    }
}

/// `if x.is_some() { x.part } else { None }`, where the part is optional itself: a part that may be read wherever `x` is
/// `null` as well.
pub(super) fn optional_part(arena: &mut Arena, cond: ExprId, part: ExprId) -> Option<ExprId> {
    match (arena.get(cond), arena.get(part)) {
        (&Expr::Binary(Binary::Ne, whole, null), Expr::Field { default: Some(Value::Null), .. })
            if arena.is_null(null) =>
        {
            read_from(arena, whole, part)
        }
        _ => None,
    }
}

/// A part, read from `whole`, which may be `null`.
fn read_from(arena: &mut Arena, whole: ExprId, part: ExprId) -> Option<ExprId> {
    if whole == part {
        return Some(whole);
    }
    let Expr::Field { base, keys, default: None | Some(Value::Null), kind } = arena.get(part).clone() else {
        return None;
    };
    let base = read_from(arena, whole, base)?;
    let kind = Kind { nullable: true, ..kind };
    Some(arena.build(Expr::Field { base, keys, default: Some(Value::Null), kind }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ir::Var, pass::assume};

    fn variable(arena: &mut Arena) -> ExprId {
        let var = arena.new_var(Var { name: "x".to_owned(), named: true, mutable: false, kind: Kind::ANY });
        arena.push(Expr::Var(var))
    }

    fn optional(arena: &mut Arena, base: ExprId, key: &str) -> ExprId {
        let (keys, default) = (vec![key.to_owned()], Some(Value::Null));
        arena.build(Expr::Field { base, keys, default, kind: Kind::NULL })
    }

    fn is_some(arena: &mut Arena, value: ExprId) -> ExprId {
        let null = arena.constant(Value::Null);
        arena.binary(Binary::Ne, value, null)
    }

    #[test]
    fn what_has_a_part_is_there() {
        let arena = &mut Arena::default();
        let x = variable(arena);
        let a = optional(arena, x, "a");
        let b = optional(arena, a, "b");
        let one = arena.constant(1);
        let [some_x, some_a, some_b] = [x, a, b].map(|value| is_some(arena, value));
        assert_eq!(arena.binary(Binary::And, some_b, some_a), some_b);
        assert_eq!(arena.binary(Binary::And, some_b, some_x), some_b);
        let (is_one, has) = (arena.binary(Binary::Eq, a, one), arena.build(Expr::Has { base: a, key: "b".to_owned() }));
        assert_eq!(arena.binary(Binary::And, is_one, some_a), is_one);
        assert_eq!(arena.binary(Binary::And, has, some_x), has);
    }

    #[test]
    fn a_part_of_what_is_not_there_is_not_there() {
        let arena = &mut Arena::default();
        let x = variable(arena);
        let null = arena.constant(Value::Null);
        let some = is_some(arena, x);
        let part = optional(arena, x, "a");
        assert_eq!(arena.if_(some, part, null), part);
        let [always, read] = [None, Some(Value::Null)]
            .map(|default| arena.build(Expr::Field { base: x, keys: vec!["b".to_owned()], default, kind: Kind::NULL }));
        let within = optional(arena, always, "c");
        let read = optional(arena, read, "c");
        assert_eq!(arena.if_(some, within, null), read);
    }

    #[test]
    fn what_equals_null_is_not_there() {
        let arena = &mut Arena::default();
        let x = variable(arena);
        let (some, null) = (is_some(arena, x), arena.constant(Value::Null));
        let equals = arena.binary(Binary::Eq, x, null);
        assert_eq!(assume(arena, some, equals, true), some);
    }

    #[test]
    fn what_is_not_there_is_null() {
        let arena = &mut Arena::default();
        let x = variable(arena);
        let (one, null) = (arena.constant(1), arena.constant(Value::Null));
        let some = is_some(arena, x);
        let (with_x, with_null) = (arena.if_(some, one, x), arena.if_(some, one, null));
        assert_eq!(with_x, with_null);
        assert_eq!(arena.if_(some, x, x), x);
    }
}
