//! The JSON text of a value.

use super::node;
use crate::{
    data::{Fields, Shape, Tagging},
    ir::{Binary, ExprId},
};

/// The JSON text of a value of this shape. `$string` gives it, but for what may be a text, whose quotes it leaves out.
pub(super) fn of(shape: &Shape, value: ExprId) -> ExprId {
    let is_plain =
        matches!(shape, Shape::Bool | Shape::Integer { .. } | Shape::Float | Shape::List(_) | Shape::Tuple(_));
    if is_plain || is_object(shape) { node::call("string", &[value]) } else { of_any(value) }
}

/// The same of any value: that of a list of it, without the brackets.
fn of_any(value: ExprId) -> ExprId {
    if let Some(constant) = node::literal(value) {
        return node::constant(constant.to_string());
    }
    let list = node::call("string", &[super::list::one(value)]);
    node::held("list", list, |list| {
        let (one, two) = (node::constant(1), node::constant(2));
        let length = node::binary(Binary::Sub, node::call("length", &[list]), two);
        node::call("substring", &[list, one, length])
    })
}

/// Whether the JSON of this type is an object, whatever the value.
pub(super) fn is_object(shape: &Shape) -> bool {
    let fields = |fields: &Fields| match fields {
        Fields::Named(_) => true,
        Fields::Newtype(field) => is_object(&(field.shape)()),
        Fields::Unit | Fields::Tuple(_) => false,
    };
    match shape {
        Shape::Struct(shape) => fields(&shape.fields),
        Shape::Enum(shape) => match shape.tagging {
            Tagging::External => shape.variants.iter().all(|variant| !matches!(variant.fields, Fields::Unit)),
            Tagging::Internal { .. } | Tagging::Adjacent { .. } => true,
            Tagging::Untagged => shape.variants.iter().all(|variant| fields(&variant.fields)),
        },
        Shape::Duration | Shape::Map(_) => true,
        Shape::Unit
        | Shape::Bool
        | Shape::Integer { .. }
        | Shape::Float
        | Shape::Char
        | Shape::Text
        | Shape::Time
        | Shape::Any
        | Shape::Opaque
        | Shape::Option(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Result(..) => false,
    }
}
