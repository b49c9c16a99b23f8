//! Objects of which keys may be left out, as one constructor: a key whose value is undefined is left out.

use std::collections::HashSet;

use serde_json::Value;

use crate::ir::{Arena, Expr, ExprId};

/// A key of such an object.
pub(super) struct OptionalField<'a> {
    pub(super) key: &'a str,
    pub(super) value: Source<'a>,
    /// When it is there; always, without one.
    pub(super) only: Option<Only>,
}

/// Where a value stands.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    Expr(ExprId),
    Constant(&'a Value),
}

/// A condition under which a key is there.
pub(super) struct Only {
    /// The expression that has the condition.
    pub(super) whole: ExprId,
    pub(super) cond: ExprId,
    /// Whether it has to hold, or not to hold.
    pub(super) holds: bool,
}

/// The keys of merged objects, if each is in one of them only.
pub(super) fn fields<'a>(arena: &'a Arena, parts: &[ExprId]) -> Option<Vec<OptionalField<'a>>> {
    let mut fields = Vec::new();
    for part in parts {
        match arena.get(*part) {
            Expr::If { cond, then, otherwise } => {
                let (given, holds) = match (own(arena, *then)?.as_slice(), own(arena, *otherwise)?.as_slice()) {
                    ([given], []) => (*given, true),
                    ([], [given]) => (*given, false),
                    _ => return None,
                };
                let only = Some(Only { whole: *part, cond: *cond, holds });
                fields.push(OptionalField { key: given.0, value: given.1, only });
            }
            _ => {
                let always = own(arena, *part)?.into_iter();
                fields.extend(always.map(|(key, value)| OptionalField { key, value, only: None }));
            }
        }
    }
    let mut seen = HashSet::new();
    fields.iter().all(|field| seen.insert(field.key)).then_some(fields)
}

/// The keys of an object that is made in place.
fn own(arena: &Arena, id: ExprId) -> Option<Vec<(&str, Source<'_>)>> {
    match arena.get(id) {
        Expr::Object(fields) => Some(fields.iter().map(|(key, value)| (key.as_str(), Source::Expr(*value))).collect()),
        Expr::Literal(Value::Object(fields)) => {
            Some(fields.iter().map(|(key, value)| (key.as_str(), Source::Constant(value))).collect())
        }
        _ => None,
    }
}
