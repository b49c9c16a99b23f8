//! Iterators: lists whose items are still to be looked at.
//!
//! A chain of adapters is one expression. Closures have no effects, so that it does not matter in which order and for which
//! items they run; only a closure that panics for an item that Rust would not have reached is noticed.

use std::{
    collections::{BTreeMap, HashMap},
    marker::PhantomData,
};

use super::{Expr, FromItems, list, node, number, operators::Int, option::discriminate, recorder};
use crate::{
    data::{Shape, Shaped},
    ir::{self, Binary, ExprId},
    position::Position,
};

/// An iterator over values of type `T`: in JSON, the list of what it will give.
pub struct Iter<T>(PhantomData<fn() -> T>);

impl<T: Shaped> Shaped for Iter<T> {
    fn shape() -> Shape {
        Shape::List(T::shape)
    }
}

/// What `for` and iterator methods take.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot iterate over `{Self}` [SW225]",
    label = "not a list, a range, an `Option` or a map"
)]
pub trait Iterable: Shaped {
    /// The type of the items.
    type Item: Shaped;

    /// The JSON form of the items.
    fn item_shape() -> Shape {
        Self::Item::shape()
    }

    /// The list of the items.
    fn items(list: Expr<Self>) -> ExprId;

    /// The items of all of these, one after the other.
    #[track_caller]
    fn flatten(all: ExprId) -> ExprId
    where
        Self: Sized,
    {
        list::flatten(all, |each| Self::items(Expr::from_id(each)), Self::shape().kind())
    }
}

macro_rules! lists {
    ($([$($parameter:tt)*] $type:ty;)+) => {
        $(impl<T: Shaped, $($parameter)*> Iterable for $type {
            type Item = T;

            fn items(list: Expr<Self>) -> ExprId {
                list.id()
            }
        })+
    };
}

lists! {
    [] Vec<T>;
    [] Iter<T>;
    [const N: usize] [T; N];
}

impl<T: Shaped> Iterable for Option<T> {
    type Item = T;

    fn items(option: Expr<Self>) -> ExprId {
        let (some, one, none) = (node::is_some(option.id()), list::one(option.id()), list::empty());
        node::if_(some, one, none)
    }

    #[track_caller]
    fn flatten(all: ExprId) -> ExprId {
        discriminate::<T>();
        list::present(all, T::shape().kind())
    }
}

macro_rules! maps {
    ($($type:ident)+) => {
        $(impl<T: Shaped> Iterable for $type<String, T> {
            type Item = (String, T);

            fn items(entries: Expr<Self>) -> ExprId {
                entries.iter().id()
            }
        })+
    };
}

maps!(BTreeMap HashMap);

/// Adapters.
impl<T: Shaped> Expr<Iter<T>> {
    /// `map(|item| …)`
    pub fn map<U: Shaped>(self, body: impl FnOnce(Expr<T>) -> Expr<U>) -> Expr<Iter<U>> {
        let (item, body) = list::lambda("item", body);
        Expr::from_id(node::build(ir::Expr::Map { list: self.id(), item, index: None, body }))
    }

    /// `filter(|item| …)`
    #[must_use]
    pub fn filter(self, condition: impl FnOnce(Expr<T>) -> Expr<bool>) -> Self {
        let (item, body) = list::lambda("item", condition);
        let items = T::shape().kind();
        Expr::from_id(node::build(ir::Expr::Filter { list: self.id(), item, index: None, body, items }))
    }

    /// `filter_map(|item| …)`
    #[track_caller]
    pub fn filter_map<U: Shaped>(self, body: impl FnOnce(Expr<T>) -> Expr<Option<U>>) -> Expr<Iter<U>> {
        self.map(body).flatten()
    }

    /// `flat_map(|item| …)`
    #[track_caller]
    pub fn flat_map<I: Iterable>(self, body: impl FnOnce(Expr<T>) -> Expr<I>) -> Expr<Iter<I::Item>> {
        self.map(body).flatten()
    }

    /// `flatten()`
    #[track_caller]
    #[must_use]
    pub fn flatten(self) -> Expr<Iter<T::Item>>
    where
        T: Iterable,
    {
        Expr::from_id(T::flatten(self.id()))
    }

    /// `enumerate()`
    #[must_use]
    pub fn enumerate(self) -> Expr<Iter<(usize, T)>> {
        let pair = |item, index| node::build(ir::Expr::Array(vec![index, item]));
        Expr::from_id(list::map(self.id(), T::shape().kind(), pair))
    }

    /// `zip(other)`
    pub fn zip<I: Iterable>(self, other: Expr<I>) -> Expr<Iter<(T, I::Item)>> {
        Expr::from_id(node::call_list("zip", &[self.id(), I::items(other)]))
    }

    /// `chain(other)`
    #[must_use]
    pub fn chain<I: Iterable<Item = T>>(self, other: Expr<I>) -> Self {
        Expr::from_id(list::append(self.id(), I::items(other)))
    }

    /// `rev()`
    #[must_use]
    pub fn rev(self) -> Self {
        Expr::from_id(node::call_list("reverse", &[self.id()]))
    }

    /// `take(n)`
    #[must_use]
    pub fn take(self, number: Expr<usize>) -> Self {
        Expr::from_id(list::take(self.id(), number.id(), T::shape().kind()))
    }

    /// `skip(n)`
    #[must_use]
    pub fn skip(self, number: Expr<usize>) -> Self {
        Expr::from_id(list::skip(self.id(), number.id(), T::shape().kind()))
    }

    /// `step_by(n)`
    #[must_use]
    pub fn step_by(self, step: Expr<usize>) -> Self {
        let every = list::filter(self.id(), T::shape().kind(), |_, index| {
            let (rest, zero) = (node::binary(Binary::Rem, index, step.id()), node::constant(0));
            node::binary(Binary::Eq, rest, zero)
        });
        Expr::from_id(number::unless_zero(step.id(), every, "assertion failed: step != 0"))
    }

    /// `take_while(|item| …)`
    #[must_use]
    pub fn take_while(self, condition: impl FnOnce(Expr<T>) -> Expr<bool>) -> Self {
        let first_other = self.first_other(condition);
        Expr::from_id(list::take(self.id(), first_other, T::shape().kind()))
    }

    /// `skip_while(|item| …)`
    #[must_use]
    pub fn skip_while(self, condition: impl FnOnce(Expr<T>) -> Expr<bool>) -> Self {
        let first_other = self.first_other(condition);
        Expr::from_id(list::skip(self.id(), first_other, T::shape().kind()))
    }

    /// The number of the first item for which a condition does not hold; without one, that of all items.
    fn first_other(self, condition: impl FnOnce(Expr<T>) -> Expr<bool>) -> ExprId {
        let (item, condition) = list::lambda("item", condition);
        let position = list::position(self.id(), (item, node::not(condition)));
        node::if_(node::is_some(position), position, list::count(self.id()))
    }

    /// `map_while(|item| …)`
    #[track_caller]
    pub fn map_while<U: Shaped>(self, body: impl FnOnce(Expr<T>) -> Expr<Option<U>>) -> Expr<Iter<U>> {
        discriminate::<U>();
        let options = self.map(body);
        Expr::from_id(options.take_while(|option| Expr::from_id(node::is_some(option.id()))).id())
    }

    /// `cloned()`
    #[must_use]
    pub fn cloned(self) -> Self {
        self
    }

    /// `copied()`
    #[must_use]
    pub fn copied(self) -> Self {
        self
    }

    /// `into_iter()`
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "named after the method of a Rust iterator")]
    pub fn into_iter(self) -> Self {
        self
    }
}

/// Methods that look at the items.
impl<T: Shaped> Expr<Iter<T>> {
    /// `count()`
    #[must_use]
    pub fn count(self) -> Expr<usize> {
        Expr::from_id(list::count(self.id()))
    }

    /// `len()`
    #[must_use]
    pub fn len(self) -> Expr<usize> {
        self.count()
    }

    /// `is_empty()` of a range.
    #[must_use]
    pub fn is_empty(self) -> Expr<bool> {
        Expr::from_id(list::is_empty(self.id()))
    }

    /// `next()` of an iterator that is used for this only.
    #[must_use]
    pub fn next(self) -> Expr<Option<T>> {
        Expr::from_id(list::first(self.id(), &T::shape()))
    }

    /// `next_back()` of an iterator that is used for this only.
    #[must_use]
    pub fn next_back(self) -> Expr<Option<T>> {
        self.last()
    }

    /// `last()`
    #[must_use]
    pub fn last(self) -> Expr<Option<T>> {
        Expr::from_id(list::last(self.id(), &T::shape()))
    }

    /// `nth(n)`
    #[must_use]
    pub fn nth(self, number: Expr<usize>) -> Expr<Option<T>> {
        Expr::from_id(list::get(self.id(), number.id(), &T::shape()))
    }

    /// `any(|item| …)`
    pub fn any(self, condition: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<bool> {
        Expr::from_id(list::any(self.id(), list::lambda("item", condition)))
    }

    /// `all(|item| …)`
    pub fn all(self, condition: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<bool> {
        Expr::from_id(list::all(self.id(), list::lambda("item", condition)))
    }

    /// `find(|item| …)`
    #[track_caller]
    pub fn find(self, condition: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<Option<T>> {
        discriminate::<T>();
        let (item, condition) = list::lambda("item", condition);
        let (value, null) = (recorder::read(item), node::null());
        let found = node::if_(condition, value, null);
        Expr::from_id(list::find_map(self.id(), (item, found), T::shape().kind()))
    }

    /// `find_map(|item| …)`
    #[track_caller]
    pub fn find_map<U: Shaped>(self, body: impl FnOnce(Expr<T>) -> Expr<Option<U>>) -> Expr<Option<U>> {
        discriminate::<U>();
        Expr::from_id(list::find_map(self.id(), list::lambda("item", body), U::shape().kind()))
    }

    /// `position(|item| …)`
    pub fn position(self, condition: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<Option<usize>> {
        Expr::from_id(list::position(self.id(), list::lambda("item", condition)))
    }

    /// `contains(&value)` of a range.
    #[track_caller]
    pub fn contains(self, value: Expr<T>) -> Expr<bool>
    where
        T: Int,
    {
        let expr = recorder::with(|recorder| recorder.arena.get(self.id()).clone());
        Expr::from_id(match expr {
            ir::Expr::Binary(Binary::Range, from, last) => {
                let begun = node::binary(Binary::Ge, value.id(), from);
                let not_over = node::binary(Binary::Le, value.id(), last);
                node::all([begun, not_over])
            }
            _ => list::contains(self.id(), &T::shape(), value.id(), Position::caller()),
        })
    }

    /// `fold(init, |acc, item| …)`
    pub fn fold<A: Shaped>(self, init: Expr<A>, body: impl FnOnce(Expr<A>, Expr<T>) -> Expr<A>) -> Expr<A> {
        let (state, items) = (A::shape().kind(), T::shape().kind());
        let body = |acc, item| node::closure(|| body(Expr::from_id(acc), Expr::from_id(item)).id());
        Expr::from_id(list::fold(self.id(), items, init.id(), state, body))
    }

    /// `reduce(|acc, item| …)`
    pub fn reduce(self, body: impl FnOnce(Expr<T>, Expr<T>) -> Expr<T>) -> Expr<Option<T>> {
        let body = |acc, item| node::closure(|| body(Expr::from_id(acc), Expr::from_id(item)).id());
        Expr::from_id(list::reduce(self.id(), T::shape().kind(), body, &T::shape(), |reduced| reduced))
    }

    /// `collect()`
    pub fn collect<C: FromItems<T>>(self) -> Expr<C> {
        Expr::from_id(C::from_items(self.id()))
    }

    /// `partition(|item| …)`
    pub fn partition<C: FromItems<T>>(self, condition: impl Fn(Expr<T>) -> Expr<bool>) -> Expr<(C, C)> {
        let yes = self.filter(&condition).collect::<C>();
        let no = self.filter(|item| Expr::from_id(node::not(condition(item).id()))).collect::<C>();
        Expr::from_id(node::build(ir::Expr::Array(vec![yes.id(), no.id()])))
    }
}

impl<A: Shaped, B: Shaped> Expr<Iter<(A, B)>> {
    /// `unzip()`
    pub fn unzip<C: FromItems<A>, D: FromItems<B>>(self) -> Expr<(C, D)> {
        let (a, b) = (self.map(|pair| part::<A>(pair.id(), 0)), self.map(|pair| part::<B>(pair.id(), 1)));
        Expr::from_id(node::build(ir::Expr::Array(vec![a.collect::<C>().id(), b.collect::<D>().id()])))
    }
}

fn part<T: Shaped>(tuple: ExprId, index: usize) -> Expr<T> {
    Expr::from_id(list::part(tuple, index, T::shape().kind()))
}
