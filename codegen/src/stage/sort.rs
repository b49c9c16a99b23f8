//! Sorting lists in variables. JSONata's sort keeps the order of equal items, as `sort` does; `sort_unstable` may.

use std::cmp::Ordering;

use super::{Expr, Place, keyed::Keyed, list, node, order::Ordered, place};
use crate::{
    data::Shaped,
    ir::{Binary, ExprId},
    position::Position,
};

macro_rules! sorts {
    ($($sort:ident $sort_by:ident [$($sort_by_key:ident)+];)+) => {
        /// Sorting.
        impl<T: Shaped> Place<Vec<T>> {
            $(#[doc = concat!("`", stringify!($sort), "()`")]
            #[track_caller]
            pub fn $sort(self) -> Expr<()>
            where
                T: Ordered,
            {
                let list = self.read.id();
                self.becomes(list::sort(list, T::shape().kind(), |left, right| T::compare(Binary::Gt, left, right)))
            }

            #[doc = concat!("`", stringify!($sort_by), "(|a, b| …)`")]
            #[track_caller]
            pub fn $sort_by(self, compare: impl FnOnce(Expr<T>, Expr<T>) -> Expr<Ordering>) -> Expr<()> {
                let list = self.read.id();
                let after = |left, right| {
                    let order = node::closure(|| compare(Expr::from_id(left), Expr::from_id(right)).id());
                    let zero = node::constant(0);
                    node::binary(Binary::Gt, order, zero)
                };
                self.becomes(list::sort(list, T::shape().kind(), after))
            }

            $(#[doc = concat!("`", stringify!($sort_by_key), "(|item| …)`")]
            #[track_caller]
            pub fn $sort_by_key<U: Ordered>(self, key: impl FnOnce(Expr<T>) -> Expr<U>) -> Expr<()> {
                let list = self.read.id();
                self.becomes(sorted_by_key(list, key))
            })+)+
        }
    };
}

sorts! {
    sort sort_by [sort_by_key sort_by_cached_key];
    sort_unstable sort_unstable_by [sort_unstable_by_key];
}

impl<T> Place<Vec<T>> {
    /// The variable holds another list from here on.
    #[track_caller]
    pub(super) fn becomes(self, list: ExprId) -> Expr<()> {
        place::assign(self.read.id(), list, Position::caller());
        Expr::from_id(node::null())
    }
}

fn sorted_by_key<T: Shaped, U: Ordered>(items: ExprId, key: impl FnOnce(Expr<T>) -> Expr<U>) -> ExprId {
    let keyed = Keyed::new(items, key);
    let after = |left, right| U::compare(Binary::Gt, keyed.key(left), keyed.key(right));
    keyed.items_of(list::sort(keyed.list, keyed.items, after))
}
