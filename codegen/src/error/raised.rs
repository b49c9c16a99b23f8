//! What a typed error is to a machine that raises it: an error name and a cause, as expressions.

use serde_json::Value;

use super::ErrorVariant;
use crate::{
    data::{EnumShape, Fields, Shape, Tagging, Variant},
    ir::{Arena, Binary, ErrorTable, Expr, ExprId, Function, Kind},
};

/// The error name and the cause of a value: what [`TaskFailure::of`](super::TaskFailure::of) gives natively.
pub(crate) fn raised(arena: &mut Arena, table: ErrorTable, value: ExprId) -> (ExprId, ExprId) {
    let shape = (table.shape)();
    let mut variants = table.variants.iter().rev();
    let Some(last) = variants.next() else {
        return (arena.constant("Error"), string(arena, value));
    };
    let last = raised_by(arena, &shape, last, value);
    variants.fold(last, |(error, cause), variant| {
        let (this_error, this_cause) = raised_by(arena, &shape, variant, value);
        let is = is_variant(arena, &shape, variant, value);
        (arena.if_(is, this_error, error), arena.if_(is, this_cause, cause))
    })
}

fn raised_by(arena: &mut Arena, shape: &Shape, variant: &ErrorVariant, value: ExprId) -> (ExprId, ExprId) {
    if !variant.is_foreign() {
        return (arena.constant(variant.name), json_text(arena, shape, variant, value));
    }
    let (fields, content) = match shape {
        Shape::Enum(shape) => match shape.variants.iter().find(|found| found.ident == variant.ident) {
            Some(found) => (found.fields.clone(), content_of(arena, shape, found, value)),
            None => (Fields::Unit, value),
        },
        Shape::Struct(shape) => (shape.fields.clone(), value),
        _ => (Fields::Unit, value),
    };
    let text = |arena: &mut Arena, index: usize| match &fields {
        Fields::Newtype(_) if index == 0 => Some(content),
        Fields::Tuple(list) if index < list.len() => Some(item(arena, content, index)),
        Fields::Named(list) => list.get(index).map(|field| arena.key(content, field.key)),
        Fields::Unit | Fields::Newtype(_) | Fields::Tuple(_) => None,
    };
    let error = if variant.other { text(arena, 0) } else { None };
    // Of a variant for all other names that keeps none, its own is left.
    let own = if variant.other { variant.ident } else { variant.name };
    let error = error.unwrap_or_else(|| arena.constant(own));
    let cause = match text(arena, usize::from(variant.other)) {
        Some(cause) => or_empty(arena, cause),
        None => {
            let empty = arena.constant("");
            arena.push(Expr::Known { value: empty, form: empty })
        }
    };
    (error, cause)
}

/// An absent cause is an empty text.
fn or_empty(arena: &mut Arena, cause: ExprId) -> ExprId {
    let (null, empty) = (arena.constant(Value::Null), arena.constant(""));
    let some = arena.binary(Binary::Ne, cause, null);
    arena.if_(some, cause, empty)
}

fn content_of(arena: &mut Arena, shape: &EnumShape, variant: &Variant, value: ExprId) -> ExprId {
    match shape.tagging {
        Tagging::External => arena.key(value, variant.name),
        Tagging::Adjacent { content, .. } => arena.key(value, content),
        Tagging::Internal { .. } | Tagging::Untagged => value,
    }
}

/// The JSON text of a value of this variant. A unit variant is a text of its own, which has no JSON text in the target.
fn json_text(arena: &mut Arena, shape: &Shape, variant: &ErrorVariant, value: ExprId) -> ExprId {
    if let Shape::Enum(shape) = shape
        && shape.tagging == Tagging::External
        && let Some(found) = shape.variants.iter().find(|found| found.ident == variant.ident)
        && matches!(found.fields, Fields::Unit)
    {
        return arena.constant(Value::from(found.name).to_string());
    }
    string(arena, value)
}

fn string(arena: &mut Arena, value: ExprId) -> ExprId {
    arena.call(Function { name: "string", kind: Kind::SCALAR, stable: true }, vec![value])
}

fn is_variant(arena: &mut Arena, shape: &Shape, variant: &ErrorVariant, value: ExprId) -> ExprId {
    let Shape::Enum(shape) = shape else { return arena.constant(true) };
    let Some(found) = shape.variants.iter().find(|found| found.ident == variant.ident) else {
        return arena.constant(false);
    };
    let name = arena.constant(found.name);
    match shape.tagging {
        Tagging::External if matches!(found.fields, Fields::Unit) => arena.binary(Binary::Eq, value, name),
        Tagging::External => arena.build(Expr::Has { base: value, key: found.name.to_owned() }),
        Tagging::Internal { tag } | Tagging::Adjacent { tag, .. } => {
            let tag = arena.key(value, tag);
            arena.binary(Binary::Eq, tag, name)
        }
        Tagging::Untagged => arena.constant(true),
    }
}

fn item(arena: &mut Arena, list: ExprId, index: usize) -> ExprId {
    let index = arena.constant(index);
    arena.build(Expr::Item { list, index, kind: Kind::ANY })
}
