//! Maps with text keys: JSON objects.

use std::collections::{BTreeMap, HashMap};

use super::{Expr, Iter, Iterable, Place, effects::bind_id, list, node, place};
use crate::{
    data::{Shape, Shaped},
    ir::{self, Binary, ExprId, Kind},
    position::Position,
};

/// `map[key]`
pub(crate) fn checked_entry(map: ExprId, key: ExprId, kind: Kind) -> ExprId {
    let (value, panic) = (lookup(map, key, kind), node::panic("no entry found for key"));
    node::if_(has(map, key), value, panic)
}

/// The map of pairs; the last of equal keys counts.
pub(super) fn from_pairs(pairs: ExprId, values: Kind) -> ExprId {
    let entry = |pair| node::entry(list::part(pair, 0, Kind::SCALAR), list::part(pair, 1, values));
    match list::literal_items(pairs) {
        Some(pairs) => {
            let nothing = ir::Expr::Object(Vec::new());
            node::build(ir::Expr::Merge(
                [node::build(nothing)].into_iter().chain(pairs.into_iter().map(entry)).collect(),
            ))
        }
        None => merge(list::map(pairs, Kind::LIST, |pair, _| entry(pair))),
    }
}

/// The value of a key that is there.
pub(super) fn lookup(map: ExprId, key: ExprId, kind: Kind) -> ExprId {
    node::call_as("lookup", kind, &[map, key])
}

/// Whether a key is there.
pub(super) fn has(map: ExprId, key: ExprId) -> ExprId {
    node::call("exists", &[lookup(map, key, Kind::ANY)])
}

/// The value of a key, or `null`.
fn get(map: ExprId, key: ExprId, values: &Shape) -> ExprId {
    node::option(has(map, key), lookup(map, key, values.kind()), values)
}

fn with(map: ExprId, key: ExprId, value: ExprId) -> ExprId {
    node::build(ir::Expr::Merge(vec![map, node::entry(key, value)]))
}

fn merge(entries: ExprId) -> ExprId {
    node::call("merge", &[entries])
}

/// The map with each value made into another.
pub(super) fn with_values(map: ExprId, values: Kind, change: impl FnOnce(ExprId) -> ExprId) -> ExprId {
    merge(list::map(keys(map), Kind::SCALAR, |key, _| node::entry(key, change(lookup(map, key, values)))))
}

/// The entries, made anew, of the keys for which a condition holds.
pub(super) fn with_keys(map: ExprId, values: Kind, condition: impl FnOnce(ExprId) -> ExprId) -> ExprId {
    let kept = list::filter(keys(map), Kind::SCALAR, |key, _| condition(key));
    merge(list::map(kept, Kind::SCALAR, |key, _| node::entry(key, lookup(map, key, values))))
}

/// Whether there is no key.
pub(super) fn is_empty(map: ExprId) -> ExprId {
    list::is_empty(keys(map))
}

/// The keys, in any order.
fn keys(map: ExprId) -> ExprId {
    node::call_list("keys", &[map])
}

/// The keys of a `BTreeMap`, in its order.
fn sorted_keys(map: ExprId) -> ExprId {
    list::sort(keys(map), Kind::SCALAR, |left, right| node::binary(Binary::Gt, left, right))
}

macro_rules! maps {
    ($($type:ident $keys:ident;)+) => {
        $(
            /// Methods that read.
            impl<T: Shaped> Expr<$type<String, T>> {
                /// `len()`
                #[must_use]
                pub fn len(self) -> Expr<usize> {
                    Expr::from_id(list::count(keys(self.id())))
                }

                /// `is_empty()`
                #[must_use]
                pub fn is_empty(self) -> Expr<bool> {
                    Expr::from_id(is_empty(self.id()))
                }

                /// `get(key)`
                #[must_use]
                pub fn get(self, key: Expr<String>) -> Expr<Option<T>> {
                    Expr::from_id(get(self.id(), key.id(), &T::shape()))
                }

                /// `contains_key(key)`
                #[must_use]
                pub fn contains_key(self, key: Expr<String>) -> Expr<bool> {
                    Expr::from_id(has(self.id(), key.id()))
                }

                /// `keys()`
                #[must_use]
                pub fn keys(self) -> Expr<Iter<String>> {
                    Expr::from_id($keys(self.id()))
                }

                /// `into_keys()`
                #[must_use]
                pub fn into_keys(self) -> Expr<Iter<String>> {
                    self.keys()
                }

                /// `values()`
                #[must_use]
                pub fn values(self) -> Expr<Iter<T>> {
                    self.keys().map(|key| Expr::from_id(lookup(self.id(), key.id(), T::shape().kind())))
                }

                /// `into_values()`
                #[must_use]
                pub fn into_values(self) -> Expr<Iter<T>> {
                    self.values()
                }

                /// `iter()`
                #[must_use]
                pub fn iter(self) -> Expr<Iter<(String, T)>> {
                    self.keys().map(|key| {
                        let value = lookup(self.id(), key.id(), T::shape().kind());
                        Expr::from_id(node::build(ir::Expr::Array(vec![key.id(), value])))
                    })
                }

                /// `into_iter()`
                #[must_use]
                #[expect(clippy::should_implement_trait, reason = "named after the method of a map")]
                pub fn into_iter(self) -> Expr<Iter<(String, T)>> {
                    self.iter()
                }
            }

            /// Methods that change a map in a variable.
            impl<T: Shaped> Place<$type<String, T>> {
                /// `insert(key, value)`
                #[track_caller]
                pub fn insert(self, key: Expr<String>, value: Expr<T>) -> Expr<Option<T>> {
                    let map = self.read.id();
                    self.exchange(key, with(map, key.id(), value.id()), Position::caller())
                }

                /// `remove(key)`
                #[track_caller]
                pub fn remove(self, key: Expr<String>) -> Expr<Option<T>> {
                    let map = self.read.id();
                    let others = |other| node::binary(Binary::Ne, other, key.id());
                    self.exchange(key, with_keys(map, T::shape().kind(), others), Position::caller())
                }

                /// The map becomes another; what was under the key is given.
                fn exchange(self, key: Expr<String>, new: ExprId, at: Position) -> Expr<Option<T>> {
                    let old = bind_id("old", self.read.get(key).id(), at);
                    place::assign(self.read.id(), new, at);
                    Expr::from_id(old)
                }

                /// `clear()`
                #[track_caller]
                pub fn clear(self) -> Expr<()> {
                    self.becomes(node::build(ir::Expr::Object(Vec::new())))
                }

                /// `retain(|key, value| …)`
                #[track_caller]
                pub fn retain(self, condition: impl FnOnce(Expr<String>, Expr<T>) -> Expr<bool>) -> Expr<()> {
                    let (map, values) = (self.read.id(), T::shape().kind());
                    let kept = with_keys(map, values, |key| {
                        let value = Expr::from_id(lookup(map, key, values));
                        node::closure(|| condition(Expr::from_id(key), value).id())
                    });
                    self.becomes(kept)
                }

                /// `extend(pairs)`
                #[track_caller]
                pub fn extend<I: Iterable<Item = (String, T)>>(self, pairs: Expr<I>) -> Expr<()> {
                    let more = from_pairs(I::items(pairs), T::shape().kind());
                    let all = node::build(ir::Expr::Merge(vec![self.read.id(), more]));
                    self.becomes(all)
                }

                #[track_caller]
                fn becomes(self, map: ExprId) -> Expr<()> {
                    place::assign(self.read.id(), map, Position::caller());
                    Expr::from_id(node::null())
                }
            }
        )+
    };
}

maps! {
    BTreeMap sorted_keys;
    HashMap keys;
}

impl<T: Shaped> Expr<BTreeMap<String, T>> {
    /// `first_key_value()`
    #[must_use]
    pub fn first_key_value(self) -> Expr<Option<(String, T)>> {
        self.iter().next()
    }

    /// `last_key_value()`
    #[must_use]
    pub fn last_key_value(self) -> Expr<Option<(String, T)>> {
        self.iter().last()
    }
}
