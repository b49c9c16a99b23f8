//! Order: `<`, `cmp`, `min`, `max`, and what `sort` and its kin compare.

use std::{
    cmp::{Ordering, Reverse},
    time::Duration,
};

use chrono::{DateTime, Utc};

use super::{Builder, Expr, Iter, K, keyed::Keyed, list, node, operators, time};
use crate::{
    data::{Fields, Shape, Shaped, StructShape},
    ir::{Binary, ExprId, Kind},
    position::Position,
};

/// A type whose order a workflow can follow.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot compare `{Self}` with `<` [SW223]",
    label = "only numbers, texts, `char`, `bool`, times, durations, and tuples and options of these have an order in a workflow"
)]
pub trait Ordered: Shaped {
    /// What is compared in its place, where that is one number or text.
    fn order_key(value: ExprId) -> ExprId {
        value
    }

    /// `left op right`, where `op` is `<`, `<=`, `>` or `>=`.
    fn compare(op: Binary, left: ExprId, right: ExprId) -> ExprId {
        node::binary(op, Self::order_key(left), Self::order_key(right))
    }
}

macro_rules! ordered {
    ($($type:ty)+) => {
        $(impl Ordered for $type {})+
    };
}

ordered!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 String char Ordering);

impl Ordered for bool {
    fn order_key(value: ExprId) -> ExprId {
        let (one, zero) = (node::constant(1), node::constant(0));
        node::if_(value, one, zero)
    }
}

impl Ordered for DateTime<Utc> {
    fn order_key(value: ExprId) -> ExprId {
        time::millis(value)
    }
}

impl Ordered for Duration {
    fn compare(op: Binary, left: ExprId, right: ExprId) -> ExprId {
        let part = |key| (node::key(left, key, Kind::SCALAR), node::key(right, key, Kind::SCALAR));
        lexicographic::<u64>(op, part("secs"), |op| {
            let (left, right) = part("nanos");
            node::binary(op, left, right)
        })
    }
}

impl<T: Ordered> Ordered for Reverse<T> {
    fn compare(op: Binary, left: ExprId, right: ExprId) -> ExprId {
        T::compare(op, right, left)
    }
}

impl<T: Ordered> Ordered for Box<T> {
    fn compare(op: Binary, left: ExprId, right: ExprId) -> ExprId {
        T::compare(op, left, right)
    }
}

/// `None` comes first.
impl<T: Ordered> Ordered for Option<T> {
    fn compare(op: Binary, left: ExprId, right: ExprId) -> ExprId {
        let rank = |option| bool::order_key(node::is_some(option));
        let both = node::all([node::is_some(left), node::is_some(right)]);
        let (inner, outer) = (T::compare(op, left, right), node::binary(op, rank(left), rank(right)));
        node::if_(both, inner, outer)
    }
}

macro_rules! tuples {
    ($first:ident $($rest:ident $index:tt),+) => {
        impl<$first: Ordered, $($rest: Ordered),+> Ordered for ($first, $($rest),+) {
            fn compare(op: Binary, left: ExprId, right: ExprId) -> ExprId {
                let part = |index, kind| (list::part(left, index, kind), list::part(right, index, kind));
                tuples!(@from op part $first 0 $(, $rest $index)+)
            }
        }
    };
    (@from $op:ident $part:ident $last:ident $index:tt) => {{
        let (left, right) = $part($index, $last::shape().kind());
        $last::compare($op, left, right)
    }};
    (@from $op:ident $part:ident $first:ident $at:tt $(, $rest:ident $index:tt)+) => {
        lexicographic::<$first>($op, $part($at, $first::shape().kind()), |$op| tuples!(@from $op $part $($rest $index),+))
    };
}

tuples!(A B 1);
tuples!(A B 1, C 2);
tuples!(A B 1, C 2, D 3);

/// `left op right` of values that begin with these two parts: the rest decides where the parts are equal.
fn lexicographic<T: Ordered>(
    op: Binary,
    (left, right): (ExprId, ExprId),
    rest: impl FnOnce(Binary) -> ExprId,
) -> ExprId {
    let strict = match op {
        Binary::Lt | Binary::Le => Binary::Lt,
        _ => Binary::Gt,
    };
    let decided = T::compare(strict, left, right);
    let equal = operators::equal(&T::shape(), left, right, Position::caller());
    let tie = node::all([equal, rest(op)]);
    node::any([decided, tie])
}

impl<T: Shaped> Shaped for Reverse<T> {
    fn shape() -> Shape {
        Shape::Struct(StructShape { name: "Reverse", fields: Fields::unnamed(T::shape) })
    }
}

/// -1, 0 or 1. It is no value that serde can write, and never leaves a workflow.
impl Shaped for Ordering {
    fn shape() -> Shape {
        Shape::Integer { signed: true, bits: 8 }
    }
}

impl K<'_, Ordering> {
    /// The constant.
    #[must_use]
    pub fn stage(self) -> Expr<Ordering> {
        Expr::from_id(node::constant(*self.0 as i8))
    }
}

macro_rules! comparison {
    ($($name:ident $op:ident $doc:literal;)+) => {
        /// Comparison.
        impl Builder {
            $(#[doc = $doc]
            pub fn $name<T: Ordered>(self, a: Expr<T>, b: Expr<T>) -> Expr<bool> {
                Expr::from_id(T::compare(Binary::$op, a.id(), b.id()))
            })+
        }
    };
}

comparison! {
    lt Lt "`a < b`";
    le Le "`a <= b`";
    gt Gt "`a > b`";
    ge Ge "`a >= b`";
}

/// Methods of `Ord`.
impl<T: Ordered> Expr<T> {
    /// `a.cmp(&b)`
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "named after the method of `Ord`")]
    pub fn cmp(self, other: Self) -> Expr<Ordering> {
        Expr::from_id(order(T::compare, self.id(), other.id()))
    }

    /// `a.total_cmp(&b)`: `NaN` and `-0` are no JSON numbers.
    #[must_use]
    pub fn total_cmp(self, other: Self) -> Expr<Ordering> {
        self.cmp(other)
    }

    /// `a.partial_cmp(&b)`: never `None`, because `NaN` is no JSON number.
    #[must_use]
    pub fn partial_cmp(self, other: Self) -> Expr<Option<Ordering>> {
        self.cmp(other).retype()
    }

    /// `a.min(b)`
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Expr::from_id(least(T::compare, &|value| value, self.id(), other.id()))
    }

    /// `a.max(b)`
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Expr::from_id(greatest(T::compare, &|value| value, self.id(), other.id()))
    }

    /// `a.clamp(least, greatest)`
    #[must_use]
    pub fn clamp(self, least: Self, greatest: Self) -> Self {
        let ordered = T::compare(Binary::Le, least.id(), greatest.id());
        let text = |value: Self| node::call("string", &[value.id()]);
        let (before, between) = (node::constant("min > max. min = "), node::constant(", max = "));
        let panic = node::panic_with(node::concat([before, text(least), between, text(greatest)]));
        Expr::from_id(node::if_(ordered, self.max(least).min(greatest).id(), panic))
    }
}

/// Methods of `Ordering`.
impl Expr<Ordering> {
    /// `reverse()`
    #[must_use]
    pub fn reverse(self) -> Self {
        let zero = node::constant(0);
        Expr::from_id(node::binary(Binary::Sub, zero, self.id()))
    }

    /// `then(other)`
    #[must_use]
    pub fn then(self, other: Self) -> Self {
        self.then_with(|| other)
    }

    /// `then_with(|| …)`
    #[must_use]
    pub fn then_with(self, other: impl FnOnce() -> Self) -> Self {
        let (other, zero) = (node::closure(|| other().id()), node::constant(0));
        Expr::from_id(node::if_(node::binary(Binary::Eq, self.id(), zero), other, self.id()))
    }
}

macro_rules! tests {
    ($($name:ident $op:ident;)+) => {
        /// Tests of an `Ordering`.
        impl Expr<Ordering> {
            $(#[doc = concat!("`", stringify!($name), "()`")]
            #[must_use]
            pub fn $name(self) -> Expr<bool> {
                let zero = node::constant(0);
                Expr::from_id(node::binary(Binary::$op, self.id(), zero))
            })+
        }
    };
}

tests! {
    is_lt Lt;
    is_le Le;
    is_gt Gt;
    is_ge Ge;
    is_eq Eq;
    is_ne Ne;
}

/// The least and greatest items.
impl<T: Shaped> Expr<Iter<T>> {
    /// `min()`: the first of equal ones.
    #[must_use]
    pub fn min(self) -> Expr<Option<T>>
    where
        T: Ordered,
    {
        self.best_by_key(|item| item, least)
    }

    /// `max()`: the last of equal ones.
    #[must_use]
    pub fn max(self) -> Expr<Option<T>>
    where
        T: Ordered,
    {
        self.best_by_key(|item| item, greatest)
    }

    /// `min_by_key(|item| …)`
    pub fn min_by_key<U: Ordered>(self, key: impl FnOnce(Expr<T>) -> Expr<U>) -> Expr<Option<T>> {
        self.best_by_key(key, least)
    }

    /// `max_by_key(|item| …)`
    pub fn max_by_key<U: Ordered>(self, key: impl FnOnce(Expr<T>) -> Expr<U>) -> Expr<Option<T>> {
        self.best_by_key(key, greatest)
    }

    /// `min_by(|a, b| …)`
    pub fn min_by(self, compare: impl FnOnce(Expr<T>, Expr<T>) -> Expr<Ordering>) -> Expr<Option<T>> {
        self.best_by(compare, Binary::Gt)
    }

    /// `max_by(|a, b| …)`
    pub fn max_by(self, compare: impl FnOnce(Expr<T>, Expr<T>) -> Expr<Ordering>) -> Expr<Option<T>> {
        self.best_by(compare, Binary::Le)
    }

    fn best_by_key<U: Ordered>(self, key: impl FnOnce(Expr<T>) -> Expr<U>, choose: Choose) -> Expr<Option<T>> {
        let (keyed, item) = (Keyed::new(self.id(), key), T::shape());
        let choice = |acc, item| choose(U::compare, &|of| keyed.key(of), acc, item);
        Expr::from_id(list::reduce(keyed.list, keyed.items, choice, &item, |best| keyed.item(best)))
    }

    /// The item so far is replaced where its comparison with the next one is as `replaced` says.
    fn best_by(self, compare: impl FnOnce(Expr<T>, Expr<T>) -> Expr<Ordering>, replaced: Binary) -> Expr<Option<T>> {
        let choose = |acc, item| {
            let order = node::closure(|| compare(Expr::from_id(acc), Expr::from_id(item)).id());
            let zero = node::constant(0);
            node::if_(node::binary(replaced, order, zero), item, acc)
        };
        Expr::from_id(list::reduce(self.id(), T::shape().kind(), choose, &T::shape(), |best| best))
    }
}

type Compare = fn(Binary, ExprId, ExprId) -> ExprId;

/// Chooses between two values by their keys.
type Choose = fn(Compare, &dyn Fn(ExprId) -> ExprId, ExprId, ExprId) -> ExprId;

fn order(compare: Compare, left: ExprId, right: ExprId) -> ExprId {
    let (less, equal, greater) = (node::constant(-1), node::constant(0), node::constant(1));
    let not_less = node::if_(compare(Binary::Gt, left, right), greater, equal);
    node::if_(compare(Binary::Lt, left, right), less, not_less)
}

/// The left one of values with equal keys.
fn least(compare: Compare, key: &dyn Fn(ExprId) -> ExprId, left: ExprId, right: ExprId) -> ExprId {
    node::if_(compare(Binary::Gt, key(left), key(right)), right, left)
}

/// The right one of values with equal keys.
fn greatest(compare: Compare, key: &dyn Fn(ExprId) -> ExprId, left: ExprId, right: ExprId) -> ExprId {
    node::if_(compare(Binary::Gt, key(left), key(right)), left, right)
}
