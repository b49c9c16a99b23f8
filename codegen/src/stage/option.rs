//! `Option`: `null`, or the value.

use serde::Serialize;

use super::{Expr, Iter, Place, constant::constant_value, iter::Iterable, node, place, recorder, result};
use crate::{data::Shaped, diagnostic::Code, ir::ExprId, position::Position};

/// Reports that `None` cannot be told from a `Some` that holds `null`.
#[track_caller]
pub(super) fn discriminate<T: Shaped>() {
    if T::shape().is_nullable() {
        let message = "`None` and a `Some` that holds `null` cannot be told apart";
        recorder::report(Code::NestedOption, Position::caller(), message);
    }
}

/// Questions.
impl<T: Shaped> Expr<Option<T>> {
    /// `is_some()`
    #[track_caller]
    #[must_use]
    pub fn is_some(self) -> Expr<bool> {
        Expr::from_id(self.holds())
    }

    /// `is_none()`
    #[track_caller]
    #[must_use]
    pub fn is_none(self) -> Expr<bool> {
        Expr::from_id(node::not(self.holds()))
    }

    /// `is_some_and(|value| …)`
    #[track_caller]
    pub fn is_some_and(self, condition: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<bool> {
        let (some, holds) = (self.holds(), self.inside(condition));
        Expr::from_id(node::all([some, holds]))
    }

    /// `is_none_or(|value| …)`
    #[track_caller]
    pub fn is_none_or(self, condition: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<bool> {
        let (some, holds) = (self.holds(), self.inside(condition));
        Expr::from_id(node::any([node::not(some), holds]))
    }

    #[track_caller]
    fn holds(self) -> ExprId {
        discriminate::<T>();
        node::is_some(self.id())
    }

    /// The body of a closure on the value.
    fn inside<U: ?Sized>(self, body: impl FnOnce(Expr<T>) -> Expr<U>) -> ExprId {
        node::closure(|| body(self.retype()).id())
    }

    /// `some`, or else an argument.
    #[track_caller]
    fn some_or<U>(self, some: ExprId, argument: ExprId) -> Expr<U> {
        let holds = self.holds();
        Expr::from_id(node::evaluated(argument, |argument| node::if_(holds, some, argument)))
    }

    /// The value, or else a panic.
    #[track_caller]
    fn required(self, message: ExprId) -> Expr<T> {
        Expr::from_id(node::required(self.holds(), self.id(), message, Position::caller()))
    }

    /// `some`, or else `none`.
    #[track_caller]
    fn either<U>(self, some: ExprId, none: ExprId) -> Expr<U> {
        Expr::from_id(node::if_(self.holds(), some, none))
    }
}

/// The value, or another.
impl<T: Shaped> Expr<Option<T>> {
    /// `unwrap()`
    #[track_caller]
    #[must_use]
    pub fn unwrap(self) -> Expr<T> {
        self.required(node::constant("called `Option::unwrap()` on a `None` value"))
    }

    /// `expect("…")`
    #[track_caller]
    #[must_use]
    pub fn expect(self, message: Expr<String>) -> Expr<T> {
        self.required(message.id())
    }

    /// `unwrap_or(value)`
    #[track_caller]
    #[must_use]
    pub fn unwrap_or(self, value: Expr<T>) -> Expr<T> {
        self.some_or(self.id(), value.id())
    }

    /// `unwrap_or_else(|| …)`
    #[track_caller]
    pub fn unwrap_or_else(self, value: impl FnOnce() -> Expr<T>) -> Expr<T> {
        self.either(self.id(), node::closure(|| value().id()))
    }

    /// `unwrap_or_default()`
    #[track_caller]
    #[must_use]
    pub fn unwrap_or_default(self) -> Expr<T>
    where
        T: Default + Serialize,
    {
        self.either(self.id(), constant_value(&T::default(), Position::caller()))
    }

    /// `map_or(value, |value| …)`
    #[track_caller]
    pub fn map_or<U>(self, value: Expr<U>, body: impl FnOnce(Expr<T>) -> Expr<U>) -> Expr<U> {
        let some = self.inside(body);
        self.some_or(some, value.id())
    }

    /// `map_or_else(|| …, |value| …)`
    #[track_caller]
    pub fn map_or_else<U>(self, value: impl FnOnce() -> Expr<U>, body: impl FnOnce(Expr<T>) -> Expr<U>) -> Expr<U> {
        let (some, none) = (self.inside(body), node::closure(|| value().id()));
        self.either(some, none)
    }

    /// `ok_or(error)`
    #[track_caller]
    #[must_use]
    pub fn ok_or<E>(self, error: Expr<E>) -> Expr<Result<T, E>> {
        self.some_or(result::ok(self.id()), result::err(error.id()))
    }

    /// `ok_or_else(|| …)`
    #[track_caller]
    pub fn ok_or_else<E>(self, error: impl FnOnce() -> Expr<E>) -> Expr<Result<T, E>> {
        let error = node::closure(|| error().id());
        self.either(result::ok(self.id()), result::err(error))
    }
}

/// Another `Option`.
impl<T: Shaped> Expr<Option<T>> {
    /// `map(|value| …)`
    #[track_caller]
    pub fn map<U: Shaped>(self, body: impl FnOnce(Expr<T>) -> Expr<U>) -> Expr<Option<U>> {
        Expr::from_id(node::option(self.holds(), self.inside(body), &U::shape()))
    }

    /// `and_then(|value| …)`
    #[track_caller]
    pub fn and_then<U>(self, body: impl FnOnce(Expr<T>) -> Expr<Option<U>>) -> Expr<Option<U>> {
        let some = self.inside(body);
        self.either(some, node::null())
    }

    /// `and(other)`
    #[track_caller]
    #[must_use]
    pub fn and<U>(self, other: Expr<Option<U>>) -> Expr<Option<U>> {
        let holds = self.holds();
        Expr::from_id(node::evaluated(other.id(), |other| node::if_(holds, other, node::null())))
    }

    /// `or(other)`
    #[track_caller]
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.some_or(self.id(), other.id())
    }

    /// `or_else(|| …)`
    #[track_caller]
    pub fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        self.either(self.id(), node::closure(|| other().id()))
    }

    /// `xor(other)`
    #[track_caller]
    #[must_use]
    pub fn xor(self, other: Self) -> Self {
        let null = node::null();
        let only = node::if_(other.holds(), null, self.id());
        self.some_or(only, other.id())
    }

    /// `filter(|value| …)`
    #[track_caller]
    #[must_use]
    pub fn filter(self, condition: impl FnOnce(Expr<T>) -> Expr<bool>) -> Self {
        let (stays, null) = (self.inside(condition), node::null());
        self.either(node::if_(stays, self.id(), null), null)
    }

    /// `zip(other)`
    #[track_caller]
    #[must_use]
    pub fn zip<U: Shaped>(self, other: Expr<Option<U>>) -> Expr<Option<(T, U)>> {
        let both = node::all([self.holds(), other.holds()]);
        let (pair, null) = (node::build(crate::ir::Expr::Array(vec![self.id(), other.id()])), node::null());
        Expr::from_id(node::if_(both, pair, null))
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

    /// `as_deref()`
    #[must_use]
    pub fn as_deref(self) -> Expr<Option<T::Target>>
    where
        T: Opened,
    {
        self.retype()
    }

    /// `iter()`
    #[track_caller]
    #[must_use]
    pub fn iter(self) -> Expr<Iter<T>> {
        discriminate::<T>();
        Expr::from_id(Option::items(self))
    }

    /// `into_iter()`
    #[track_caller]
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "named after the method of an `Option`")]
    pub fn into_iter(self) -> Expr<Iter<T>> {
        self.iter()
    }
}

impl<T> Expr<Option<Option<T>>> {
    /// `flatten()`: both kinds of nothing are `null` already.
    #[must_use]
    pub fn flatten(self) -> Expr<Option<T>> {
        self.retype()
    }
}

impl<T: Shaped, E: Shaped> Expr<Option<Result<T, E>>> {
    /// `transpose()`
    #[track_caller]
    #[must_use]
    pub fn transpose(self) -> Expr<Result<Option<T>, E>> {
        self.either(self.id(), result::ok(node::null()))
    }
}

/// What `as_deref` opens.
#[diagnostic::on_unimplemented(message = "a workflow cannot follow `as_deref` on an `Option` of `{Self}`")]
pub trait Opened {
    /// What is inside.
    type Target;
}

impl Opened for String {
    type Target = String;
}

impl<T> Opened for Vec<T> {
    type Target = Vec<T>;
}

impl<T> Opened for Box<T> {
    type Target = T;
}

/// `bool` as the question whether there is a value.
impl Expr<bool> {
    /// `then(|| …)`
    pub fn then<T: Shaped>(self, value: impl FnOnce() -> Expr<T>) -> Expr<Option<T>> {
        Expr::from_id(node::option(self.id(), node::closure(|| value().id()), &T::shape()))
    }

    /// `then_some(value)`
    #[must_use]
    pub fn then_some<T: Shaped>(self, value: Expr<T>) -> Expr<Option<T>> {
        Expr::from_id(node::evaluated(value.id(), |value| node::option(self.id(), value, &T::shape())))
    }
}

/// Methods that change an `Option` in a variable.
impl<T: Shaped> Place<Option<T>> {
    /// `take()`
    #[track_caller]
    pub fn take(self) -> Expr<Option<T>> {
        self.exchange(node::null(), Position::caller())
    }

    /// `replace(value)`
    #[track_caller]
    pub fn replace(self, value: Expr<T>) -> Expr<Option<T>> {
        self.exchange(value.id(), Position::caller())
    }

    /// `insert(value)`
    #[track_caller]
    pub fn insert(self, value: Expr<T>) -> Expr<T> {
        place::assign(self.read.id(), value.id(), Position::caller());
        self.read.retype()
    }

    /// `get_or_insert(value)`
    #[track_caller]
    pub fn get_or_insert(self, value: Expr<T>) -> Expr<T> {
        let value = self.read.unwrap_or(value);
        self.insert(value)
    }

    /// `get_or_insert_with(|| …)`
    #[track_caller]
    pub fn get_or_insert_with(self, value: impl FnOnce() -> Expr<T>) -> Expr<T> {
        let value = self.read.unwrap_or_else(value);
        self.insert(value)
    }

    fn exchange(self, new: ExprId, at: Position) -> Expr<Option<T>> {
        let old = super::effects::bind_id("old", self.read.id(), at);
        place::assign(self.read.id(), new, at);
        Expr::from_id(old)
    }
}
