//! What goes into the execution of another workflow, and what comes of starting one.

use super::{node, time};
use crate::{
    data::{Fields, Shape, Tagging},
    ir::{self, Binary, ExprId, Kind},
};

/// The input of an execution. Step Functions takes an object as it is, and a text for the JSON of the input.
pub(super) fn input(value: ExprId, shape: &Shape) -> ExprId {
    match shape {
        shape if is_object(shape) => value,
        Shape::Bool | Shape::Integer { .. } | Shape::Float | Shape::List(_) | Shape::Tuple(_) => {
            node::call("string", &[value])
        }
        _ => json_text(value),
    }
}

/// The JSON text of any value: `$string` alone leaves the quotes of a text out.
fn json_text(value: ExprId) -> ExprId {
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
fn is_object(shape: &Shape) -> bool {
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

/// What the service answers to a start, as [`Started`](crate::started::Started).
pub(super) fn started(answer: ExprId) -> ExprId {
    let arn = node::key(answer, "ExecutionArn", Kind::SCALAR);
    let seconds = node::key(answer, "StartDate", Kind::SCALAR);
    let millis = node::binary(Binary::Mul, seconds, node::constant(1000));
    let date = time::from_millis(node::call("round", &[millis]));
    node::build(ir::Expr::Object(vec![("execution_arn".to_owned(), arn), ("start_date".to_owned(), date)]))
}
