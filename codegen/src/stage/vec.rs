//! `Vec`, slices and arrays: JSON arrays.

use super::{
    Expr, FromItems, Iter, Iterable, Place,
    effects::bind_id,
    list, node,
    number::{self, unless_zero},
    operators,
    range::{self, Bounds, GetBy},
};
use crate::{
    data::Shaped,
    ir::{self, Binary, ExprId, Kind},
    position::Position,
};

/// `list[index]`
pub(crate) fn checked_item(list: ExprId, index: ExprId, kind: Kind) -> ExprId {
    let length = node::count(list);
    let inside = node::binary(Binary::Lt, index, length);
    let panic = panic_about("index out of bounds: the len is ", length, " but the index is ", index, "");
    node::if_(inside, node::item(list, index, kind), panic)
}

/// A panic that tells two numbers.
pub(super) fn panic_about(before: &str, first: ExprId, between: &str, second: ExprId, after: &str) -> ExprId {
    node::panic_with(about(before, first, between, second, after))
}

/// A text that tells two numbers.
pub(super) fn about(before: &str, first: ExprId, between: &str, second: ExprId, after: &str) -> ExprId {
    let text = |number| node::call("string", &[number]);
    let (before, between, after) = (node::constant(before), node::constant(between), node::constant(after));
    node::concat([before, text(first), between, text(second), after])
}

/// Methods for items of any type, even those that a workflow cannot look into.
impl<T> Expr<Vec<T>> {
    /// `len()`
    #[must_use]
    pub fn len(self) -> Expr<usize> {
        Expr::from_id(list::count(self.id()))
    }

    /// `is_empty()`
    #[must_use]
    pub fn is_empty(self) -> Expr<bool> {
        Expr::from_id(list::is_empty(self.id()))
    }

    /// `iter()`
    #[must_use]
    pub fn iter(self) -> Expr<Iter<T>> {
        self.retype()
    }

    /// `into_iter()`
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "named after the method of a `Vec`")]
    pub fn into_iter(self) -> Expr<Iter<T>> {
        self.retype()
    }

    /// `as_slice()`
    #[must_use]
    pub fn as_slice(self) -> Self {
        self
    }

    /// `to_vec()`
    #[must_use]
    pub fn to_vec(self) -> Self {
        self
    }
}

impl<T: Shaped, const N: usize> Expr<[T; N]> {
    /// `iter()`
    #[must_use]
    pub fn iter(self) -> Expr<Iter<T>> {
        self.retype()
    }

    /// `into_iter()`
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "named after the method of an array")]
    pub fn into_iter(self) -> Expr<Iter<T>> {
        self.retype()
    }

    /// `to_vec()`
    #[must_use]
    pub fn to_vec(self) -> Expr<Vec<T>> {
        self.retype()
    }

    /// `as_slice()`
    #[must_use]
    pub fn as_slice(self) -> Expr<Vec<T>> {
        self.retype()
    }

    /// `len()`
    #[must_use]
    pub fn len(self) -> Expr<usize> {
        Expr::from_id(node::constant(N))
    }
}

/// Items and parts.
impl<T: Shaped> Expr<Vec<T>> {
    /// `first()`
    #[must_use]
    pub fn first(self) -> Expr<Option<T>> {
        Expr::from_id(list::first(self.id(), &T::shape()))
    }

    /// `last()`
    #[must_use]
    pub fn last(self) -> Expr<Option<T>> {
        Expr::from_id(list::last(self.id(), &T::shape()))
    }

    /// `get(index)`, `get(from..to)`
    #[track_caller]
    #[must_use]
    pub fn get<I>(self, index: Expr<I>) -> Expr<Option<<Vec<T> as GetBy<I>>::Out>>
    where
        Vec<T>: GetBy<I>,
    {
        Expr::from_id(<Vec<T> as GetBy<I>>::get(self.id(), index.id()))
    }

    /// `contains(&value)`
    #[track_caller]
    #[must_use]
    pub fn contains(self, value: Expr<T>) -> Expr<bool> {
        Expr::from_id(list::contains(self.id(), &T::shape(), value.id(), Position::caller()))
    }

    /// `starts_with(&list)`
    #[track_caller]
    #[must_use]
    pub fn starts_with(self, other: Self) -> Expr<bool> {
        let start = list::take(self.id(), node::count(other.id()), T::shape().kind());
        Expr::from_id(operators::equal(&Vec::<T>::shape(), start, other.id(), Position::caller()))
    }

    /// `ends_with(&list)`
    #[track_caller]
    #[must_use]
    pub fn ends_with(self, other: Self) -> Expr<bool> {
        let before = node::binary(Binary::Sub, node::count(self.id()), node::count(other.id()));
        let end = list::skip(self.id(), before, T::shape().kind());
        Expr::from_id(operators::equal(&Vec::<T>::shape(), end, other.id(), Position::caller()))
    }

    /// `split_first()`
    #[must_use]
    pub fn split_first(self) -> Expr<Option<(T, Vec<T>)>> {
        let (zero, one) = (node::constant(0), node::constant(1));
        self.split_off_item(zero, list::skip(self.id(), one, T::shape().kind()))
    }

    /// `split_last()`
    #[must_use]
    pub fn split_last(self) -> Expr<Option<(T, Vec<T>)>> {
        let one = node::constant(1);
        let last = node::binary(Binary::Sub, node::count(self.id()), one);
        self.split_off_item(last, list::take(self.id(), last, T::shape().kind()))
    }

    fn split_off_item(self, index: ExprId, rest: ExprId) -> Expr<Option<(T, Vec<T>)>> {
        let item = node::item(self.id(), index, T::shape().kind());
        let (pair, null) = (node::build(ir::Expr::Array(vec![item, rest])), node::null());
        Expr::from_id(node::if_(list::is_empty(self.id()), null, pair))
    }

    /// `split_at(middle)`
    #[must_use]
    pub fn split_at(self, middle: Expr<usize>) -> Expr<(Vec<T>, Vec<T>)> {
        let items = T::shape().kind();
        let (left, right) = (list::take(self.id(), middle.id(), items), list::skip(self.id(), middle.id(), items));
        let inside = node::binary(Binary::Le, middle.id(), node::count(self.id()));
        let (pair, panic) = (node::build(ir::Expr::Array(vec![left, right])), node::panic("mid > len"));
        Expr::from_id(node::if_(inside, pair, panic))
    }

    /// `chunks(size)`
    #[must_use]
    pub fn chunks(self, size: Expr<usize>) -> Expr<Iter<Vec<T>>> {
        let (length, one) = (node::count(self.id()), node::constant(1));
        let last = node::binary(Binary::Sub, length, one);
        let last = number::quotient(last, size.id());
        let starts = number_range(last);
        let chunks = self.windows_from(starts, size, |start| node::binary(Binary::Mul, start, size.id()));
        let some = node::if_(list::is_empty(self.id()), list::empty(), chunks);
        Expr::from_id(unless_zero(size.id(), some, "chunk size must be non-zero"))
    }

    /// `windows(size)`
    #[must_use]
    pub fn windows(self, size: Expr<usize>) -> Expr<Iter<Vec<T>>> {
        let last = node::binary(Binary::Sub, node::count(self.id()), size.id());
        let windows = self.windows_from(number_range(last), size, |start| start);
        Expr::from_id(unless_zero(size.id(), windows, "window size must be non-zero"))
    }

    /// The parts of so many items that begin where `start` says, for each number.
    fn windows_from(self, numbers: ExprId, size: Expr<usize>, start: impl FnOnce(ExprId) -> ExprId) -> ExprId {
        list::map(numbers, Kind::SCALAR, |number, _| {
            let start = start(number);
            let end = node::binary(Binary::Add, start, size.id());
            list::between(self.id(), start, end, T::shape().kind())
        })
    }

    /// `repeat(n)`
    #[must_use]
    pub fn repeat(self, times: Expr<usize>) -> Self {
        let one = node::constant(1);
        let turns = node::binary(Binary::Range, one, times.id());
        Expr::from_id(list::flatten(turns, |_| self.id(), Kind::SCALAR))
    }
}

/// `[0..=last]`
fn number_range(last: ExprId) -> ExprId {
    let zero = node::constant(0);
    node::binary(Binary::Range, zero, last)
}

/// Texts in one.
impl Expr<Vec<String>> {
    /// `join(separator)`
    #[must_use]
    pub fn join(self, separator: Expr<String>) -> Expr<String> {
        Expr::from_id(node::call("join", &[self.id(), separator.id()]))
    }

    /// `concat()`
    #[must_use]
    pub fn concat(self) -> Expr<String> {
        Expr::from_id(<String as FromItems<String>>::from_items(self.id()))
    }
}

/// Lists in one.
impl<T: Shaped> Expr<Vec<Vec<T>>> {
    /// `concat()`
    #[track_caller]
    #[must_use]
    pub fn concat(self) -> Expr<Vec<T>> {
        Expr::from_id(<Vec<T> as Iterable>::flatten(self.id()))
    }
}

/// Methods that add to a list in a variable.
impl<T: Shaped> Place<Vec<T>> {
    /// `push(item)`
    #[track_caller]
    pub fn push(self, item: Expr<T>) -> Expr<()> {
        let list = list::append(self.read.id(), list::one(item.id()));
        self.becomes(list)
    }

    /// `insert(index, item)`
    #[track_caller]
    pub fn insert(self, index: Expr<usize>, item: Expr<T>) -> Expr<()> {
        let (list, items) = (self.read.id(), T::shape().kind());
        let length = node::count(list);
        let inside = node::binary(Binary::Le, index.id(), length);
        let before = list::append(list::take(list, index.id(), items), list::one(item.id()));
        let with = list::append(before, list::skip(list, index.id(), items));
        let panic = panic_about("insertion index (is ", index.id(), ") should be <= len (is ", length, ")");
        self.becomes(node::if_(inside, with, panic))
    }

    /// `extend(items)`
    #[track_caller]
    pub fn extend<I: Iterable<Item = T>>(self, items: Expr<I>) -> Expr<()> {
        let list = list::append(self.read.id(), I::items(items));
        self.becomes(list)
    }

    /// `extend_from_slice(&items)`
    #[track_caller]
    pub fn extend_from_slice(self, items: Expr<Vec<T>>) -> Expr<()> {
        self.extend(items)
    }
}

/// Methods that take from a list in a variable.
impl<T: Shaped> Place<Vec<T>> {
    /// `pop()`
    #[track_caller]
    pub fn pop(self) -> Expr<Option<T>> {
        let list = self.read.id();
        let (popped, one) = (bind_id("popped", self.read.last().id(), Position::caller()), node::constant(1));
        let rest = list::take(list, node::binary(Binary::Sub, node::count(list), one), T::shape().kind());
        self.becomes(rest);
        Expr::from_id(popped)
    }

    /// `remove(index)`
    #[track_caller]
    pub fn remove(self, index: Expr<usize>) -> Expr<T> {
        let (list, items) = (self.read.id(), T::shape().kind());
        let length = node::count(list);
        let inside = node::binary(Binary::Lt, index.id(), length);
        let panic = panic_about("removal index (is ", index.id(), ") should be < len (is ", length, ")");
        let item = node::if_(inside, node::item(list, index.id(), items), panic);
        let removed = bind_id("removed", item, Position::caller());
        let rest = list::filter(list, items, |_, number| node::binary(Binary::Ne, number, index.id()));
        self.becomes(rest);
        Expr::from_id(removed)
    }

    /// `drain(from..to)`
    #[track_caller]
    pub fn drain<R: Bounds>(self, range: Expr<R>) -> Expr<Iter<T>> {
        let (list, items, at) = (self.read.id(), T::shape().kind(), Position::caller());
        let (from, to) = range::bounds_of(range, list);
        let drained = bind_id("drained", range::slice(list, from, to, items), at);
        let rest = list::append(list::take(list, from, items), list::skip(list, to, items));
        self.becomes(rest);
        Expr::from_id(drained)
    }

    /// `truncate(length)`
    #[track_caller]
    pub fn truncate(self, length: Expr<usize>) -> Expr<()> {
        let list = list::take(self.read.id(), length.id(), T::shape().kind());
        self.becomes(list)
    }

    /// `split_off(at)`
    #[track_caller]
    pub fn split_off(self, at: Expr<usize>) -> Expr<Vec<T>> {
        let (list, items) = (self.read.id(), T::shape().kind());
        let length = node::count(list);
        let inside = node::binary(Binary::Le, at.id(), length);
        let panic = panic_about("`at` split index (is ", at.id(), ") should be <= len (is ", length, ")");
        let tail = node::if_(inside, list::skip(list, at.id(), items), panic);
        let tail = bind_id("tail", tail, Position::caller());
        self.becomes(list::take(list, at.id(), items));
        Expr::from_id(tail)
    }

    /// `clear()`
    #[track_caller]
    pub fn clear(self) -> Expr<()> {
        self.becomes(list::empty())
    }

    /// `retain(|item| …)`
    #[track_caller]
    pub fn retain(self, condition: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<()> {
        let kept = self.read.iter().filter(condition).id();
        self.becomes(kept)
    }

    /// `dedup()`
    #[track_caller]
    pub fn dedup(self) -> Expr<()> {
        let at = Position::caller();
        self.without_repeats(|left, right| operators::equal(&T::shape(), left, right, at))
    }

    /// `dedup_by_key(|item| …)`
    #[track_caller]
    pub fn dedup_by_key<U: Shaped>(self, key: impl Fn(Expr<T>) -> Expr<U>) -> Expr<()> {
        let at = Position::caller();
        let key = |item| node::closure(|| key(Expr::from_id(item)).id());
        self.without_repeats(|left, right| operators::equal(&U::shape(), key(left), key(right), at))
    }

    /// Without the items that are the same as the one before.
    #[track_caller]
    fn without_repeats(self, same: impl FnOnce(ExprId, ExprId) -> ExprId) -> Expr<()> {
        let (list, items) = (self.read.id(), T::shape().kind());
        let kept = list::filter(list, items, |item, index| {
            let (zero, one) = (node::constant(0), node::constant(1));
            let before = node::item(list, node::binary(Binary::Sub, index, one), items);
            let first = node::binary(Binary::Eq, index, zero);
            // The first item is compared with none.
            node::any([first, node::closure(|| node::not(same(before, item)))])
        });
        self.becomes(kept)
    }
}

/// Methods that move the items of a list in a variable.
impl<T: Shaped> Place<Vec<T>> {
    /// `reverse()`
    #[track_caller]
    pub fn reverse(self) -> Expr<()> {
        let reversed = node::call_list("reverse", &[self.read.id()]);
        self.becomes(reversed)
    }

    /// `swap(a, b)`
    #[track_caller]
    pub fn swap(self, a: Expr<usize>, b: Expr<usize>) -> Expr<()> {
        let (list, items) = (self.read.id(), T::shape().kind());
        let swapped = list::map(list, items, |item, index| {
            let is = |number: Expr<usize>| node::binary(Binary::Eq, index, number.id());
            let from_a = node::if_(is(b), node::item(list, a.id(), items), item);
            node::if_(is(a), node::item(list, b.id(), items), from_a)
        });
        let checked = [b, a].into_iter().fold(swapped, |swapped, number| {
            let inside = node::binary(Binary::Lt, number.id(), node::count(list));
            node::if_(inside, swapped, checked_item(list, number.id(), items))
        });
        self.becomes(checked)
    }
}
