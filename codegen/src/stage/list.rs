//! Lists: what the methods of `Vec`, slices and iterators are composed from.

use serde_json::Value;

use super::{Expr, node, operators, recorder};
use crate::{
    data::{Shape, Shaped},
    ir::{self, Binary, ExprId, Kind, VarId},
    position::Position,
};

/// A closure of one parameter: the parameter and the body.
pub(super) fn lambda<T: Shaped, U: ?Sized>(name: &str, body: impl FnOnce(Expr<T>) -> Expr<U>) -> (VarId, ExprId) {
    let parameter = node::parameter(name, &T::shape());
    (parameter, node::closure(|| body(node::read(parameter)).id()))
}

/// `[]`
pub(super) fn empty() -> ExprId {
    node::build(ir::Expr::Array(Vec::new()))
}

/// `[item]`
pub(super) fn one(item: ExprId) -> ExprId {
    node::build(ir::Expr::Array(vec![item]))
}

/// One list after the other.
pub(super) fn append(list: ExprId, more: ExprId) -> ExprId {
    node::call_list("append", &[list, more])
}

/// An item so many times.
pub(super) fn filled(item: ExprId, times: ExprId) -> ExprId {
    map(node::binary(Binary::Range, node::constant(1), times), Kind::SCALAR, |_, _| item)
}

/// How many items there are; of a range from 0, its length.
pub(super) fn count(list: ExprId) -> ExprId {
    let expr = recorder::with(|recorder| recorder.arena.get(list).clone());
    match expr {
        ir::Expr::Map { list, body, .. } if recorder::with(|recorder| recorder.arena.is_movable(body)) => count(list),
        ir::Expr::Binary(Binary::Range, from, last) if is_zero(from) => {
            length_before(last).unwrap_or_else(|| node::count(list))
        }
        _ => node::count(list),
    }
}

/// The items of a list that stands in the source.
pub(super) fn literal_items(list: ExprId) -> Option<Vec<ExprId>> {
    match recorder::with(|recorder| recorder.arena.get(list).clone()) {
        ir::Expr::Array(items) => Some(items),
        ir::Expr::Literal(Value::Array(items)) => Some(items.into_iter().map(node::constant).collect()),
        _ => None,
    }
}

/// Whether there is no item.
pub(super) fn is_empty(list: ExprId) -> ExprId {
    let zero = node::constant(0);
    node::binary(Binary::Eq, count(list), zero)
}

/// The item at an index, or `null`.
pub(super) fn get(list: ExprId, index: ExprId, items: &Shape) -> ExprId {
    let inside = node::binary(Binary::Lt, index, count(list));
    node::option(inside, node::item(list, index, items.kind()), items)
}

/// The first item, or `null`.
pub(super) fn first(list: ExprId, items: &Shape) -> ExprId {
    get(list, node::constant(0), items)
}

/// The last item, or `null`.
pub(super) fn last(list: ExprId, items: &Shape) -> ExprId {
    let (length, one, zero) = (count(list), node::constant(1), node::constant(0));
    let some = node::binary(Binary::Gt, length, zero);
    let item = node::item(list, node::binary(Binary::Sub, length, one), items.kind());
    node::option(some, item, items)
}

/// The items and their numbers, each made into another.
pub(super) fn map(list: ExprId, items: Kind, body: impl FnOnce(ExprId, ExprId) -> ExprId) -> ExprId {
    let (item, index) = (new_item(items), new_index());
    let body = node::closure(|| body(recorder::read(item), recorder::read(index)));
    let index = reads(body, index).then_some(index);
    node::build(ir::Expr::Map { list, item, index, body })
}

/// The items for which a condition on the item and its number holds.
pub(super) fn filter(list: ExprId, items: Kind, condition: impl FnOnce(ExprId, ExprId) -> ExprId) -> ExprId {
    let (item, index) = (new_item(items), new_index());
    let body = node::closure(|| condition(recorder::read(item), recorder::read(index)));
    let index = reads(body, index).then_some(index);
    node::build(ir::Expr::Filter { list, item, index, body, items })
}

/// `fold`: the value so far and an item become the next value.
pub(super) fn fold(
    list: ExprId,
    items: Kind,
    init: ExprId,
    state: Kind,
    body: impl FnOnce(ExprId, ExprId) -> ExprId,
) -> ExprId {
    let (acc, item) = (recorder::new_var("acc", false, state), new_item(items));
    let body = node::closure(|| body(recorder::read(acc), recorder::read(item)));
    node::build(ir::Expr::Fold { list, init, acc, item, body })
}

/// `reduce`: a fold that begins with the first item, and what its value is read as; `null` where there is none.
pub(super) fn reduce(
    list: ExprId,
    items: Kind,
    body: impl FnOnce(ExprId, ExprId) -> ExprId,
    result: &Shape,
    read: impl FnOnce(ExprId) -> ExprId,
) -> ExprId {
    let (zero, one) = (node::constant(0), node::constant(1));
    let first = node::item(list, zero, items);
    let rest = filter(list, items, |_, index| node::binary(Binary::Ge, index, one));
    let folded = fold(rest, items, first, items, body);
    let any = node::binary(Binary::Gt, count(list), zero);
    node::option(any, read(folded), result)
}

/// Whether a condition holds for any item; the others are not tested.
pub(super) fn any(list: ExprId, (item, condition): (VarId, ExprId)) -> ExprId {
    short_circuit(list, item, Binary::Or, condition)
}

/// Whether a condition holds for all items; after one for which it does not, none is tested.
pub(super) fn all(list: ExprId, (item, condition): (VarId, ExprId)) -> ExprId {
    short_circuit(list, item, Binary::And, condition)
}

fn short_circuit(list: ExprId, item: VarId, op: Binary, condition: ExprId) -> ExprId {
    let init = node::constant(op == Binary::And);
    let acc = recorder::new_var("acc", false, Kind::SCALAR);
    let body = node::binary(op, recorder::read(acc), condition);
    node::build(ir::Expr::Fold { list, init, acc, item, body })
}

/// The first value that is not `null` among what the items become; the items after it are not looked at.
pub(super) fn find_map(list: ExprId, (item, found): (VarId, ExprId), kind: Kind) -> ExprId {
    let acc = recorder::new_var("found", false, kind.or(Kind::NULL));
    let (init, so_far) = (node::null(), recorder::read(acc));
    let body = node::if_(node::is_some(so_far), so_far, found);
    node::build(ir::Expr::Fold { list, init, acc, item, body })
}

/// The number of the first item for which a condition holds, or `null`; the items after it are not tested.
///
/// While none is found, the value of the fold counts down from -1.
pub(super) fn position(list: ExprId, (item, condition): (VarId, ExprId)) -> ExprId {
    let acc = recorder::new_var("at", false, Kind::SCALAR);
    let (at, init, zero, one, null) =
        (recorder::read(acc), node::constant(-1), node::constant(0), node::constant(1), node::null());
    let (this, next) = (node::binary(Binary::Sub, init, at), node::binary(Binary::Sub, at, one));
    let searching = node::if_(condition, this, next);
    let body = node::if_(node::binary(Binary::Ge, at, zero), at, searching);
    let found = node::build(ir::Expr::Fold { list, init, acc, item, body });
    node::if_(node::binary(Binary::Ge, found, zero), found, null)
}

/// The items from one number up to, and without, another.
pub(super) fn between(list: ExprId, from: ExprId, to: ExprId, items: Kind) -> ExprId {
    filter(list, items, |_, index| {
        let begun = if is_zero(from) { node::constant(true) } else { node::binary(Binary::Ge, index, from) };
        let not_over = node::binary(Binary::Lt, index, to);
        node::all([begun, not_over])
    })
}

/// The first items.
pub(super) fn take(list: ExprId, number: ExprId, items: Kind) -> ExprId {
    between(list, node::constant(0), number, items)
}

/// Without the first items.
pub(super) fn skip(list: ExprId, number: ExprId, items: Kind) -> ExprId {
    filter(list, items, |_, index| node::binary(Binary::Ge, index, number))
}

/// The items of lists, one list after the other.
pub(super) fn flatten(lists: ExprId, items_of: impl FnOnce(ExprId) -> ExprId, lists_kind: Kind) -> ExprId {
    fold(lists, lists_kind, empty(), Kind::LIST, |acc, list| append(acc, items_of(list)))
}

/// Those of optional items that are not `null`.
pub(super) fn present(options: ExprId, items: Kind) -> ExprId {
    filter(options, Kind { nullable: true, ..items }, |item, _| node::is_some(item))
}

/// Whether a list has an item equal to a value.
pub(super) fn contains(list: ExprId, item: &Shape, value: ExprId, at: Position) -> ExprId {
    if is_atomic(item) {
        return node::binary(Binary::In, value, list);
    }
    let kind = item.kind();
    fold(list, kind, node::constant(false), Kind::SCALAR, |found, candidate| {
        let equal = operators::equal(item, candidate, value, at);
        node::binary(Binary::Or, found, equal)
    })
}

/// A sorted list: `after` tells whether the left of two items goes after the right one. Equal items keep their order.
pub(super) fn sort(list: ExprId, items: Kind, after: impl FnOnce(ExprId, ExprId) -> ExprId) -> ExprId {
    let (left, right) = (recorder::new_var("left", false, items), recorder::new_var("right", false, items));
    let body = after(recorder::read(left), recorder::read(right));
    node::build(ir::Expr::Sort { list, left, right, body })
}

/// A part of a tuple.
pub(super) fn part(tuple: ExprId, index: usize, kind: Kind) -> ExprId {
    let index = node::constant(index);
    node::item(tuple, index, kind)
}

/// Whether an expression is the constant 0.
pub(super) fn is_zero(id: ExprId) -> bool {
    node::literal(id).is_some_and(|value| value.as_i64() == Some(0))
}

/// Whether JSONata's `in` compares values of this shape as Rust does: it knows no lists and objects.
fn is_atomic(shape: &Shape) -> bool {
    match shape {
        Shape::Bool | Shape::Integer { .. } | Shape::Float | Shape::Char | Shape::Text => true,
        Shape::Unit
        | Shape::Time
        | Shape::Duration
        | Shape::Any
        | Shape::Opaque
        | Shape::Option(_)
        | Shape::List(_)
        | Shape::Map(_)
        | Shape::Tuple(_)
        | Shape::Result(..)
        | Shape::Struct(_)
        | Shape::Enum(_) => false,
    }
}

/// `length` where `last` is `length - 1`, and `length` is one that cannot be negative.
fn length_before(last: ExprId) -> Option<ExprId> {
    recorder::with(|recorder| match recorder.arena.get(last) {
        ir::Expr::Binary(Binary::Sub, length, one) if recorder.arena.literal(*one) == Some(&1.into()) => {
            let is_length = matches!(recorder.arena.get(*length),
                ir::Expr::Call(function, _) if matches!(function.name, "length" | "count"));
            is_length.then_some(*length)
        }
        _ => None,
    })
}

fn new_item(kind: Kind) -> VarId {
    recorder::new_var("item", false, kind)
}

fn new_index() -> VarId {
    recorder::new_var("i", false, Kind::SCALAR)
}

fn reads(body: ExprId, var: VarId) -> bool {
    recorder::with(|recorder| recorder.arena.any(body, &mut |expr| *expr == ir::Expr::Var(var)))
}
