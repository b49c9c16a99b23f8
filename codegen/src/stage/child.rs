//! What goes into the execution of another workflow, and what comes of starting one.

use super::{json_text, node, time};
use crate::{
    data::Shape,
    ir::{self, Binary, ExprId, Kind},
};

/// The input of an execution. Step Functions takes an object as it is, and a text for the JSON of the input.
pub(super) fn input(value: ExprId, shape: &Shape) -> ExprId {
    if json_text::is_object(shape) { value } else { json_text::of(shape, value) }
}

/// What the service answers to a start, as [`Started`](crate::started::Started).
pub(super) fn started(answer: ExprId) -> ExprId {
    let arn = node::key(answer, "ExecutionArn", Kind::SCALAR);
    let seconds = node::key(answer, "StartDate", Kind::SCALAR);
    let millis = node::binary(Binary::Mul, seconds, node::constant(1000));
    let date = time::from_millis(node::call("round", &[millis]));
    node::build(ir::Expr::Object(vec![("execution_arn".to_owned(), arn), ("start_date".to_owned(), date)]))
}
