//! `Result`: `{"Ok": …}` or `{"Err": …}`, inside a workflow only.

use serde::Serialize;

use super::{
    Expr,
    constant::constant_value,
    node,
    option::discriminate,
    sides::{self, Side},
};
use crate::{
    data::Shaped,
    ir::{self, ExprId, Kind},
    position::Position,
};

/// `Ok(value)`
pub(super) fn ok(value: ExprId) -> ExprId {
    side("Ok", value)
}

/// `Err(error)`
pub(super) fn err(error: ExprId) -> ExprId {
    side("Err", error)
}

fn side(name: &str, value: ExprId) -> ExprId {
    node::build(ir::Expr::Object(vec![(name.to_owned(), value)]))
}

/// What `Ok` and `Err` hold, each to be read only where it is there.
pub(super) fn parts(result: ExprId, ok: Kind) -> (ExprId, ExprId) {
    (node::key(result, "Ok", ok), node::key(result, "Err", Kind::ANY))
}

/// Whether a `Result` is an `Err`.
pub(super) fn is_err(result: ExprId) -> ExprId {
    node::build(ir::Expr::Has { base: result, key: "Err".to_owned() })
}

impl<T: Shaped, E: Shaped> Expr<Result<T, E>> {
    fn value(self) -> ExprId {
        node::key(self.id(), "Ok", T::shape().kind())
    }

    fn error(self) -> ExprId {
        node::key(self.id(), "Err", E::shape().kind())
    }

    fn succeeded(self) -> ExprId {
        node::build(ir::Expr::Has { base: self.id(), key: "Ok".to_owned() })
    }

    /// `ok` where there is a value, or else `err`.
    fn either<U>(self, ok: ExprId, err: ExprId) -> Expr<U> {
        Expr::from_id(node::if_(self.succeeded(), ok, err))
    }

    /// What becomes of the value, or else of the error.
    fn fold<U>(self, ok: impl FnOnce(Expr<T>) -> ExprId, err: impl FnOnce(Expr<E>) -> ExprId) -> Expr<U> {
        let (ok, err) = (Side::new(T::shape().kind(), ok), Side::new(E::shape().kind(), err));
        let apart = || node::if_(self.succeeded(), ok.of(self.value()), err.of(self.error()));
        Expr::from_id(sides::in_place(self.id(), &ok, &err).unwrap_or_else(apart))
    }

    /// One side where it holds, or else a panic that tells the other.
    #[track_caller]
    fn required<U>(self, holds: ExprId, value: ExprId, message: ExprId, other: ExprId) -> Expr<U> {
        let (colon, json) = (node::constant(": "), node::call("string", &[other]));
        let message = node::concat([message, colon, json]);
        Expr::from_id(node::required(holds, value, message, Position::caller()))
    }
}

/// Questions, and one side.
impl<T: Shaped, E: Shaped> Expr<Result<T, E>> {
    /// `is_ok()`
    #[must_use]
    pub fn is_ok(self) -> Expr<bool> {
        Expr::from_id(self.succeeded())
    }

    /// `is_err()`
    #[must_use]
    pub fn is_err(self) -> Expr<bool> {
        Expr::from_id(is_err(self.id()))
    }

    /// `is_ok_and(|value| …)`
    pub fn is_ok_and(self, condition: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<bool> {
        let holds = node::closure(|| condition(Expr::from_id(self.value())).id());
        Expr::from_id(node::all([self.succeeded(), holds]))
    }

    /// `is_err_and(|error| …)`
    pub fn is_err_and(self, condition: impl FnOnce(Expr<E>) -> Expr<bool>) -> Expr<bool> {
        let holds = node::closure(|| condition(Expr::from_id(self.error())).id());
        Expr::from_id(node::all([is_err(self.id()), holds]))
    }

    /// `ok()`
    #[must_use]
    pub fn ok(self) -> Expr<Option<T>> {
        self.fold(Expr::id, |_| node::null())
    }

    /// `err()`
    #[must_use]
    pub fn err(self) -> Expr<Option<E>> {
        self.fold(|_| node::null(), Expr::id)
    }
}

/// The value, or another. A panic tells the error as JSON: a workflow does not know its `Debug` form.
impl<T: Shaped, E: Shaped> Expr<Result<T, E>> {
    /// `unwrap()`
    #[track_caller]
    #[must_use]
    pub fn unwrap(self) -> Expr<T> {
        let message = node::constant("called `Result::unwrap()` on an `Err` value");
        self.required(self.succeeded(), self.value(), message, self.error())
    }

    /// `expect("…")`
    #[track_caller]
    #[must_use]
    pub fn expect(self, message: Expr<String>) -> Expr<T> {
        self.required(self.succeeded(), self.value(), message.id(), self.error())
    }

    /// `unwrap_err()`
    #[track_caller]
    #[must_use]
    pub fn unwrap_err(self) -> Expr<E> {
        let message = node::constant("called `Result::unwrap_err()` on an `Ok` value");
        self.required(is_err(self.id()), self.error(), message, self.value())
    }

    /// `expect_err("…")`
    #[track_caller]
    #[must_use]
    pub fn expect_err(self, message: Expr<String>) -> Expr<E> {
        self.required(is_err(self.id()), self.error(), message.id(), self.value())
    }

    /// `unwrap_or(value)`
    #[must_use]
    pub fn unwrap_or(self, value: Expr<T>) -> Expr<T> {
        Expr::from_id(node::evaluated(value.id(), |value| self.fold::<T>(Expr::id, |_| value).id()))
    }

    /// `unwrap_or_else(|error| …)`
    pub fn unwrap_or_else(self, value: impl FnOnce(Expr<E>) -> Expr<T>) -> Expr<T> {
        self.fold(Expr::id, |error| value(error).id())
    }

    /// `unwrap_or_default()`
    #[track_caller]
    #[must_use]
    pub fn unwrap_or_default(self) -> Expr<T>
    where
        T: Default + Serialize,
    {
        let default = constant_value(&T::default(), Position::caller());
        self.fold(Expr::id, |_| default)
    }

    /// `map_or(value, |value| …)`
    pub fn map_or<U>(self, value: Expr<U>, body: impl FnOnce(Expr<T>) -> Expr<U>) -> Expr<U> {
        Expr::from_id(node::evaluated(value.id(), |value| self.fold::<U>(|held| body(held).id(), |_| value).id()))
    }

    /// `map_or_else(|error| …, |value| …)`
    pub fn map_or_else<U>(
        self,
        error: impl FnOnce(Expr<E>) -> Expr<U>,
        value: impl FnOnce(Expr<T>) -> Expr<U>,
    ) -> Expr<U> {
        self.fold(|held| value(held).id(), |held| error(held).id())
    }

    fn ok_or_argument<U>(self, ok: ExprId, argument: ExprId) -> Expr<U> {
        Expr::from_id(node::evaluated(argument, |argument| node::if_(self.succeeded(), ok, argument)))
    }
}

/// Another `Result`.
impl<T: Shaped, E: Shaped> Expr<Result<T, E>> {
    /// `map(|value| …)`
    pub fn map<U>(self, body: impl FnOnce(Expr<T>) -> Expr<U>) -> Expr<Result<U, E>> {
        let mapped = node::closure(|| body(Expr::from_id(self.value())).id());
        self.either(ok(mapped), self.id())
    }

    /// `map_err(|error| …)`
    pub fn map_err<F>(self, body: impl FnOnce(Expr<E>) -> Expr<F>) -> Expr<Result<T, F>> {
        let mapped = node::closure(|| body(Expr::from_id(self.error())).id());
        self.either(self.id(), err(mapped))
    }

    /// `and_then(|value| …)`
    pub fn and_then<U>(self, body: impl FnOnce(Expr<T>) -> Expr<Result<U, E>>) -> Expr<Result<U, E>> {
        let next = node::closure(|| body(Expr::from_id(self.value())).id());
        self.either(next, self.id())
    }

    /// `or_else(|error| …)`
    pub fn or_else<F>(self, body: impl FnOnce(Expr<E>) -> Expr<Result<T, F>>) -> Expr<Result<T, F>> {
        let next = node::closure(|| body(Expr::from_id(self.error())).id());
        self.either(self.id(), next)
    }

    /// `and(other)`
    #[must_use]
    pub fn and<U>(self, other: Expr<Result<U, E>>) -> Expr<Result<U, E>> {
        let (succeeded, this) = (self.succeeded(), self.id());
        Expr::from_id(node::evaluated(other.id(), |other| node::if_(succeeded, other, this)))
    }

    /// `or(other)`
    #[must_use]
    pub fn or<F>(self, other: Expr<Result<T, F>>) -> Expr<Result<T, F>> {
        self.ok_or_argument(self.id(), other.id())
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
}

impl<T: Shaped, E: Shaped> Expr<Result<Option<T>, E>> {
    /// `transpose()`
    #[track_caller]
    #[must_use]
    pub fn transpose(self) -> Expr<Option<Result<T, E>>> {
        discriminate::<T>();
        let null = node::null();
        let some = node::if_(node::is_some(self.value()), self.id(), null);
        self.either(some, self.id())
    }
}
