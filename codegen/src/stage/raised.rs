//! Typed errors as a machine has them: by an error name and a cause.

use serde_json::Value;

use super::{json_text, node, recorder, shape};
use crate::{
    data::{Field, Fields, Shape, Tagging, Variant},
    error::ErrorVariant,
    ir::{ErrorTable, Expr, ExprId, Kind},
    position::Position,
};

/// The error name and the cause of a value: what [`TaskFailure::of`](crate::error::TaskFailure::of) gives natively.
pub(crate) fn raised(table: ErrorTable, value: ExprId) -> (ExprId, ExprId) {
    let shape = (table.shape)();
    let mut variants = table.variants.iter().rev();
    let Some(last) = variants.next() else {
        return (node::constant("Error"), node::call("string", &[value]));
    };
    variants.fold(raised_by(&shape, last, value), |(error, cause), variant| {
        let (this_error, this_cause) = raised_by(&shape, variant, value);
        let is = is_variant(&shape, variant, value);
        (node::if_(is, this_error, error), node::if_(is, this_cause, cause))
    })
}

fn is_variant(shape: &Shape, variant: &ErrorVariant, value: ExprId) -> ExprId {
    let Shape::Enum(shape) = shape else { return node::constant(true) };
    match shape.variant(variant.ident) {
        Some(found) => shape::is_variant(shape, found, value),
        None => node::constant(false),
    }
}

fn raised_by(shape: &Shape, variant: &ErrorVariant, value: ExprId) -> (ExprId, ExprId) {
    if !variant.is_foreign() {
        return (node::constant(variant.name), variant_text(shape, variant, value));
    }
    let mut texts = foreign_texts(shape, variant, value).into_iter();
    let error = if variant.other { texts.next() } else { None };
    // Of a variant for all other names that keeps none, its own is left.
    let own = if variant.other { variant.ident } else { variant.name };
    let error = error.unwrap_or_else(|| node::constant(own));
    let cause = texts.next().map_or_else(no_cause, or_empty);
    (error, cause)
}

/// The fields of an error of others, in order: the cause, or the name and the cause. A cause may be absent, whatever its type.
fn foreign_texts(shape: &Shape, variant: &ErrorVariant, value: ExprId) -> Vec<ExprId> {
    let (fields, content) = match shape {
        Shape::Enum(shape) => match shape.variant(variant.ident) {
            Some(found) => (&found.fields, shape::content_of_kind(shape, found, value, Kind::ANY)),
            None => return Vec::new(),
        },
        Shape::Struct(shape) => (&shape.fields, value),
        _ => return Vec::new(),
    };
    let read = |(index, field): (usize, &Field)| match fields {
        Fields::Unit | Fields::Newtype(_) => content,
        Fields::Tuple(_) => node::item(content, node::constant(index), Kind::ANY),
        Fields::Named(_) => {
            node::build(Expr::Field { base: content, keys: shape::keys(field), default: None, kind: Kind::ANY })
        }
    };
    fields.list().iter().enumerate().map(read).collect()
}

/// An error of others, whose fields take these texts in order; the cause itself, where the type does not tell its fields.
pub(crate) fn foreign(shape: &Shape, variant: &ErrorVariant, texts: &[ExprId]) -> ExprId {
    let fields = match shape {
        Shape::Enum(shape) => shape.variant(variant.ident).map(|variant| variant.fields.list()),
        Shape::Struct(shape) => Some(shape.fields.list()),
        _ => None,
    };
    let Some(fields) = fields else { return texts.last().copied().unwrap_or_else(node::null) };
    let names = fields.iter().map(|field| field.ident);
    let values: Vec<_> = names.zip(texts.iter().copied()).collect();
    shape::make(shape, variant.ident, &values, None, Position::caller())
}

/// A cause that is not there, marked as such: an error that is raised as it was caught keeps the service's own.
fn no_cause() -> ExprId {
    let empty = node::constant("");
    recorder::with(|recorder| recorder.arena.push(Expr::Known { value: empty, form: empty }))
}

/// An absent cause is an empty text.
fn or_empty(cause: ExprId) -> ExprId {
    node::if_(node::is_some(cause), cause, node::constant(""))
}

/// The JSON text of a value of this variant.
fn variant_text(shape: &Shape, variant: &ErrorVariant, value: ExprId) -> ExprId {
    let Shape::Enum(enumeration) = shape else { return json_text::of(shape, value) };
    match (enumeration.variant(variant.ident), enumeration.tagging) {
        (Some(Variant { fields: Fields::Unit, name, .. }), Tagging::External) => {
            node::constant(Value::from(*name).to_string())
        }
        (Some(Variant { fields: Fields::Newtype(field), .. }), Tagging::Untagged) => {
            json_text::of(&(field.shape)(), value)
        }
        // An object, a list or nothing.
        _ => node::call("string", &[value]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_tell_its_fields_is_the_cause() {
        let variant = ErrorVariant { ident: "Gone", name: "Rooms.Gone", other: false, foreign: true };
        let recorded = crate::stage::record(Position::caller(), || {
            let cause = node::constant("gone");
            (cause, foreign(&Shape::Opaque, &variant, &[cause]))
        });
        assert_eq!(recorded.value.0, recorded.value.1);
    }
}
