//! `collect`.

use std::collections::{BTreeMap, HashMap};

use super::{list, map, node, result};
use crate::{
    data::Shaped,
    ir::{Binary, ExprId, Kind},
};

/// What `collect()` gives.
#[diagnostic::on_unimplemented(message = "a workflow cannot collect items of type `{T}` into `{Self}` [SW226]")]
pub trait FromItems<T>: Sized {
    /// The whole, from the list of the items.
    fn from_items(items: ExprId) -> ExprId;
}

impl<T> FromItems<T> for Vec<T> {
    fn from_items(items: ExprId) -> ExprId {
        items
    }
}

macro_rules! text_of {
    ($($item:ty)+) => {
        $(impl FromItems<$item> for String {
            fn from_items(items: ExprId) -> ExprId {
                node::call("join", &[items])
            }
        })+
    };
}

text_of!(String char);

macro_rules! map_of {
    ($($type:ident)+) => {
        $(impl<T: Shaped> FromItems<(String, T)> for $type<String, T> {
            fn from_items(items: ExprId) -> ExprId {
                map::from_pairs(items, T::shape().kind())
            }
        })+
    };
}

map_of!(BTreeMap HashMap);

/// `None` if any item is.
impl<T: Shaped, C: FromItems<T>> FromItems<Option<T>> for Option<C> {
    fn from_items(items: ExprId) -> ExprId {
        let some = list::present(items, T::shape().kind());
        let complete = node::binary(Binary::Eq, list::count(some), list::count(items));
        let (whole, null) = (C::from_items(items), node::null());
        node::if_(complete, whole, null)
    }
}

/// The first error, if any item is one.
impl<T: Shaped, E, C: FromItems<T>> FromItems<Result<T, E>> for Result<C, E> {
    fn from_items(items: ExprId) -> ExprId {
        let errors = list::filter(items, Kind::SCALAR, |item, _| result::is_err(item));
        let values = list::map(items, Kind::SCALAR, |item, _| node::key(item, "Ok", T::shape().kind()));
        let first = list::part(errors, 0, Kind::SCALAR);
        let whole = result::ok(C::from_items(values));
        node::if_(list::is_empty(errors), whole, first)
    }
}
