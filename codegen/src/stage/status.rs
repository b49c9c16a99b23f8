//! HTTP statuses in the names of errors.

use super::{Expr, node};
use crate::ir::Binary;

/// The number behind a prefix, if it has three digits.
#[must_use]
pub fn status(name: Expr<String>, prefix: Expr<String>) -> Expr<Option<u16>> {
    let (name, prefix, zero) = (name.id(), prefix.id(), node::constant(0));
    let length = node::call("length", &[prefix]);
    let starts = node::binary(Binary::Eq, node::call("substring", &[name, zero, length]), prefix);
    let digits = node::call("substring", &[name, length]);
    let is_status = node::all([starts, node::call("contains", &[digits, node::regex("^[0-9]{3}$")])]);
    Expr::from_id(node::some_if(is_status, node::call("number", &[digits])))
}
