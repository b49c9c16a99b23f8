//! Lists whose items are compared by a key of each.

use std::collections::HashMap;

use super::{Expr, list, node, recorder};
use crate::{
    data::Shaped,
    ir::{self, ExprId, Kind, VarId},
};

/// A list in which each item has a key.
pub(super) struct Keyed {
    /// What is compared: the items, or pairs of keys and items.
    pub(super) list: ExprId,
    /// What is known of these.
    pub(super) items: Kind,
    key: Key,
}

enum Key {
    /// Computed of the item whenever it is compared.
    Computed(VarId, ExprId),
    /// Computed once for each item, where computing it may do more than give a value.
    Beside { key: Kind, item: Kind },
}

impl Keyed {
    pub(super) fn new<T: Shaped, U: Shaped>(items: ExprId, key: impl FnOnce(Expr<T>) -> Expr<U>) -> Self {
        let (item, body) = list::lambda("item", key);
        let kind = T::shape().kind();
        if recorder::with(|recorder| recorder.arena.is_movable(body)) {
            return Keyed { list: items, items: kind, key: Key::Computed(item, body) };
        }
        let pair = node::build(ir::Expr::Array(vec![body, recorder::read(item)]));
        let pairs = node::build(ir::Expr::Map { list: items, item, index: None, body: pair });
        Keyed { list: pairs, items: Kind::LIST, key: Key::Beside { key: U::shape().kind(), item: kind } }
    }

    /// The key of what is compared.
    pub(super) fn key(&self, of: ExprId) -> ExprId {
        match self.key {
            Key::Computed(item, body) => {
                recorder::with(|recorder| recorder.arena.substitute(body, &HashMap::from([(item, of)])))
            }
            Key::Beside { key, .. } => list::part(of, 0, key),
        }
    }

    /// The items of a list of what is compared.
    pub(super) fn items_of(&self, list: ExprId) -> ExprId {
        match self.key {
            Key::Computed(..) => list,
            Key::Beside { .. } => list::map(list, self.items, |pair, _| self.item(pair)),
        }
    }

    /// The item of what is compared.
    pub(super) fn item(&self, of: ExprId) -> ExprId {
        match self.key {
            Key::Computed(..) => of,
            Key::Beside { item, .. } => list::part(of, 1, item),
        }
    }
}
