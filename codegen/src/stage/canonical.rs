//! The canonical JSON of a value: what serde would write after reading it.
//!
//! A value from outside may leave optional keys out, use aliases, or have keys that the type does not know. Two values are
//! equal in Rust when their canonical JSON is. A value that a workflow made itself is canonical already.

use super::{map, node, omitted, recorder, shape, time};
use crate::{
    data::{EnumShape, Field, Fields, Shape, Tagging},
    ir::{Expr, ExprId},
    position::Position,
};

/// The canonical JSON of a value of this shape.
pub(crate) fn canonical(shape: &Shape, value: ExprId) -> ExprId {
    if is_plain(shape, 0) || is_made(value) {
        return value;
    }
    match shape {
        Shape::Time => time::canonical(value),
        Shape::Option(inner) => {
            let (inner, some, null) = (canonical(&inner(), value), node::is_some(value), node::null());
            node::if_(some, inner, null)
        }
        Shape::List(item) => {
            let shape = item();
            let item = node::parameter("item", &shape);
            let body = canonical(&shape, recorder::read(item));
            node::build(Expr::Map { list: value, item, index: None, body })
        }
        Shape::Map(item) => {
            let shape = item();
            map::with_values(value, shape.kind(), |value| canonical(&shape, value))
        }
        Shape::Tuple(items) => {
            let items = items.iter().enumerate().map(|(index, item)| {
                let shape = item();
                let index = node::constant(index);
                canonical(&shape, node::item(value, index, shape.kind()))
            });
            node::build(Expr::Array(items.collect()))
        }
        Shape::Struct(shape) => canonical_fields(&shape.fields, value),
        Shape::Enum(shape) => canonical_enum(shape, value),
        _ => value,
    }
}

fn canonical_fields(fields: &Fields, value: ExprId) -> ExprId {
    let read = |field: &Field| {
        let raw = shape::read_field(fields, value, field.ident, Position::caller());
        canonical(&(field.shape)(), raw)
    };
    match fields {
        Fields::Unit => node::null(),
        Fields::Newtype(field) => canonical(&(field.shape)(), value),
        Fields::Tuple(list) => node::build(Expr::Array(list.iter().map(read).collect())),
        Fields::Named(list) => {
            let (flat, own): (Vec<_>, Vec<_>) =
                list.iter().filter(|field| !field.skip).partition(|field| field.flatten);
            let parts = flat.into_iter().chain(own).map(|field| {
                let value = read(field);
                omitted::written_if_known(field, value).unwrap_or_else(|| omitted::pair(field, value))
            });
            node::build(Expr::Merge([omitted::nothing()].into_iter().chain(parts).collect()))
        }
    }
}

fn canonical_enum(shape: &EnumShape, value: ExprId) -> ExprId {
    shape.variants.iter().rev().fold(value, |otherwise, variant| {
        let content = canonical_fields(&variant.fields, shape::content(shape, variant, value));
        let made = match shape.tagging {
            Tagging::Untagged => content,
            _ => shape::make_content(shape, variant, content),
        };
        let is = shape::is_variant(shape, variant, value);
        node::if_(is, made, otherwise)
    })
}

/// Whether serde reads and writes the same JSON for every value of this shape.
fn is_plain(shape: &Shape, depth: usize) -> bool {
    const DEEPEST: usize = 16;
    let fields = |fields: &Fields| match fields {
        Fields::Named(_) => false,
        Fields::Unit | Fields::Newtype(_) | Fields::Tuple(_) => {
            fields.list().iter().all(|field| !field.skip && is_plain(&(field.shape)(), depth + 1))
        }
    };
    if depth > DEEPEST {
        return true;
    }
    match shape {
        Shape::Option(_) | Shape::Time => false,
        Shape::List(item) | Shape::Map(item) => is_plain(&item(), depth + 1),
        Shape::Tuple(items) => items.iter().all(|item| is_plain(&item(), depth + 1)),
        Shape::Struct(shape) => fields(&shape.fields),
        Shape::Enum(shape) => {
            shape.variants.iter().all(|variant| variant.aliases.is_empty() && fields(&variant.fields))
        }
        _ => true,
    }
}

/// Whether the workflow wrote the value itself, whole.
fn is_made(value: ExprId) -> bool {
    recorder::with(|recorder| matches!(recorder.arena.get(value), Expr::Literal(_)))
}
