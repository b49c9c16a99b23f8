//! Ranges, and the parts of lists that they name.
//!
//! A range with both ends is an iterator. One with an open end only says where a part of a list begins or ends.

use std::marker::PhantomData;

use super::{
    Builder, Expr, Iter, list, node,
    operators::{Index, Int},
    recorder, vec,
};
use crate::{
    data::Shaped,
    diagnostic::Code,
    ir::{self, Binary, ExprId, Kind},
    position::Position,
};

/// `from..`
pub struct RangeFrom<T>(PhantomData<fn() -> T>);

/// `..to`
pub struct RangeTo<T>(PhantomData<fn() -> T>);

/// `..`
pub struct RangeFull;

/// Ranges.
impl Builder {
    /// `a..b`
    pub fn range<T: Int>(self, from: Expr<T>, to: Expr<T>) -> Expr<Iter<T>> {
        let one = node::constant(1);
        let last = node::binary(Binary::Sub, to.id(), one);
        Expr::from_id(node::binary(Binary::Range, from.id(), last))
    }

    /// `a..=b`
    pub fn range_inclusive<T: Int>(self, from: Expr<T>, to: Expr<T>) -> Expr<Iter<T>> {
        Expr::from_id(node::binary(Binary::Range, from.id(), to.id()))
    }

    /// `a..`
    pub fn range_from<T: Int>(self, from: Expr<T>) -> Expr<RangeFrom<T>> {
        from.retype()
    }

    /// `..b`
    pub fn range_to<T: Int>(self, to: Expr<T>) -> Expr<RangeTo<T>> {
        to.retype()
    }

    /// `..=b`
    pub fn range_to_inclusive<T: Int>(self, to: Expr<T>) -> Expr<RangeTo<T>> {
        let one = node::constant(1);
        Expr::from_id(node::binary(Binary::Add, to.id(), one))
    }

    /// `..`
    pub fn range_full(self) -> Expr<RangeFull> {
        Expr::from_id(node::null())
    }
}

/// A range of indices.
#[diagnostic::on_unimplemented(message = "a workflow cannot take `{Self}` for a range of indices [SW224]")]
pub trait Bounds {
    /// The first index, and the one after the last.
    fn bounds(range: ExprId, list: ExprId) -> Option<(ExprId, ExprId)>;
}

/// Only where it is written out: as a value, it is the list of its numbers.
impl Bounds for Iter<usize> {
    fn bounds(range: ExprId, _: ExprId) -> Option<(ExprId, ExprId)> {
        let expr = recorder::with(|recorder| recorder.arena.get(range).clone());
        let ir::Expr::Binary(Binary::Range, from, last) = expr else { return None };
        let one = node::constant(1);
        Some((from, node::binary(Binary::Add, last, one)))
    }
}

impl Bounds for RangeFrom<usize> {
    fn bounds(from: ExprId, list: ExprId) -> Option<(ExprId, ExprId)> {
        Some((from, node::count(list)))
    }
}

impl Bounds for RangeTo<usize> {
    fn bounds(to: ExprId, _: ExprId) -> Option<(ExprId, ExprId)> {
        Some((node::constant(0), to))
    }
}

impl Bounds for RangeFull {
    fn bounds(_: ExprId, list: ExprId) -> Option<(ExprId, ExprId)> {
        Some((node::constant(0), node::count(list)))
    }
}

/// The bounds of a range, in a list.
#[track_caller]
pub(super) fn bounds_of<R: Bounds>(range: Expr<R>, list: ExprId) -> (ExprId, ExprId) {
    let at = Position::caller();
    R::bounds(range.id(), list).unwrap_or_else(|| {
        recorder::report(Code::Unsupported, at, "a workflow takes a part of a list by a range that is written out");
        (node::constant(0), node::count(list))
    })
}

/// `list[from..to]`
pub(super) fn slice(list: ExprId, from: ExprId, to: ExprId, kind: Kind) -> ExprId {
    let length = node::count(list);
    let above = |left, right| node::binary(Binary::Gt, left, right);
    let out_of_range = |what, index| vec::about(what, index, " out of range for slice of length ", length, "");
    let end = out_of_range("range end index ", to);
    let message = if list::is_zero(from) {
        end
    } else {
        let reversed = vec::about("slice index starts at ", from, " but ends at ", to, "");
        let not_start = node::if_(above(to, length), end, reversed);
        node::if_(above(from, length), out_of_range("range start index ", from), not_start)
    };
    let part = list::between(list, from, to, kind);
    node::if_(inside(list, from, to), part, node::panic_with(message))
}

fn inside(list: ExprId, from: ExprId, to: ExprId) -> ExprId {
    let not_over = node::binary(Binary::Le, to, node::count(list));
    if list::is_zero(from) {
        return not_over;
    }
    node::all([node::binary(Binary::Le, from, to), not_over])
}

/// What `get` takes of a list.
#[diagnostic::on_unimplemented(message = "a workflow cannot `get` by `{I}` [SW224]")]
pub trait GetBy<I> {
    /// An item, or a part of the list.
    type Out;

    /// It, or `null`.
    fn get(list: ExprId, index: ExprId) -> ExprId;
}

impl<T: Shaped> GetBy<usize> for Vec<T> {
    type Out = T;

    fn get(list: ExprId, index: ExprId) -> ExprId {
        list::get(list, index, &T::shape())
    }
}

// Written out, because an integer without a type has to match `usize` alone.
macro_rules! parts {
    ($($range:ty)+) => {
        $(
            impl<T: Shaped> Index<$range> for Vec<T> {
                type Out = Vec<T>;

                #[track_caller]
                fn stage_index(value: ExprId, index: ExprId) -> ExprId {
                    let (from, to) = bounds_of(Expr::<$range>::from_id(index), value);
                    slice(value, from, to, T::shape().kind())
                }
            }

            impl<T: Shaped> GetBy<$range> for Vec<T> {
                type Out = Vec<T>;

                #[track_caller]
                fn get(list: ExprId, index: ExprId) -> ExprId {
                    let (from, to) = bounds_of(Expr::<$range>::from_id(index), list);
                    node::some_if(inside(list, from, to), list::between(list, from, to, T::shape().kind()))
                }
            }
        )+
    };
}

parts!(Iter<usize> RangeFrom<usize> RangeTo<usize> RangeFull);
