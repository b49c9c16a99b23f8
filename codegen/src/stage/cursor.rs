//! Iterators in variables.

use super::{Expr, Iter, Place, effects::bind_id, list, node, option::discriminate, place};
use crate::{
    data::Shaped,
    ir::{Binary, ExprId},
    position::Position,
};

/// Methods that move an iterator in a variable on: they give what they find, and the variable keeps the rest.
impl<T: Shaped> Place<Iter<T>> {
    /// `next()`
    #[track_caller]
    pub fn next(self) -> Expr<Option<T>> {
        let (found, one) = (self.read.next(), node::constant(1));
        self.advance(found, one, Position::caller())
    }

    /// `nth(n)`
    #[track_caller]
    pub fn nth(self, number: Expr<usize>) -> Expr<Option<T>> {
        let (found, one) = (self.read.nth(number), node::constant(1));
        self.advance(found, node::binary(Binary::Add, number.id(), one), Position::caller())
    }

    /// `position(|item| …)`
    #[track_caller]
    pub fn position(self, condition: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<Option<usize>> {
        let found = self.read.position(condition);
        let after = self.after(found);
        self.advance(found, after, Position::caller())
    }

    /// `find(|item| …)`
    #[track_caller]
    pub fn find(self, condition: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<Option<T>> {
        discriminate::<T>();
        let position = self.read.position(condition);
        let (item, null) = (node::item(self.read.id(), position.id(), T::shape().kind()), node::null());
        let found = Expr::from_id(node::if_(node::is_some(position.id()), item, null));
        let after = self.after(position);
        self.advance(found, after, Position::caller())
    }

    /// `any(|item| …)`
    #[track_caller]
    pub fn any(self, condition: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<bool> {
        let position = self.read.position(condition);
        let after = self.after(position);
        self.advance(Expr::from_id(node::is_some(position.id())), after, Position::caller())
    }

    /// `all(|item| …)`
    #[track_caller]
    pub fn all(self, condition: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<bool> {
        let not = |item| Expr::from_id(node::not(condition(item).id()));
        let position = self.read.position(not);
        let after = self.after(position);
        self.advance(Expr::from_id(node::not(node::is_some(position.id()))), after, Position::caller())
    }

    /// How many items are gone when the one at `position` is; all, if there is none.
    fn after(&self, position: Expr<Option<usize>>) -> ExprId {
        let (some, one) = (node::is_some(position.id()), node::constant(1));
        node::if_(some, node::binary(Binary::Add, position.id(), one), list::count(self.read.id()))
    }

    fn advance<U>(self, found: Expr<U>, by: ExprId, at: Position) -> Expr<U> {
        let found = bind_id("found", found.id(), at);
        let rest = list::skip(self.read.id(), by, T::shape().kind());
        place::assign(self.read.id(), rest, at);
        Expr::from_id(found)
    }
}
