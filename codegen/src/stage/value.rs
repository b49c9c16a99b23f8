//! `serde_json::Value`: any JSON, told apart by its type.

use serde_json::Value;

use super::{Expr, StagedFrom, map, node};
use crate::{
    data::Shaped,
    ir::{Binary, ExprId, Kind},
};

/// `value[index]`
pub(crate) fn index(value: ExprId, index: ExprId) -> ExprId {
    let inside = node::binary(Binary::Lt, index, node::count(value));
    let (item, null) = (node::item(value, index, Kind::ANY), node::null());
    node::if_(node::all([is(value, "array"), inside]), item, null)
}

/// `value["key"]`
pub(crate) fn key(value: ExprId, key: ExprId) -> ExprId {
    let there = node::all([is(value, "object"), map::has(value, key)]);
    let (found, null) = (map::lookup(value, key, Kind::ANY), node::null());
    node::if_(there, found, null)
}

fn is(value: ExprId, name: &str) -> ExprId {
    let (actual, name) = (node::call("type", &[value]), node::constant(name));
    node::binary(Binary::Eq, actual, name)
}

macro_rules! types {
    ($($is:ident $name:literal;)+) => {
        /// Types.
        impl Expr<Value> {
            $(#[doc = concat!("`", stringify!($is), "()`")]
            #[must_use]
            pub fn $is(self) -> Expr<bool> {
                Expr::from_id(is(self.id(), $name))
            })+
        }
    };
}

types! {
    is_null "null";
    is_boolean "boolean";
    is_number "number";
    is_string "string";
    is_array "array";
    is_object "object";
}

/// Values of a known type.
impl Expr<Value> {
    /// `as_str()`
    #[must_use]
    pub fn as_str(self) -> Expr<Option<String>> {
        self.only_if(self.is_string())
    }

    /// `as_bool()`
    #[must_use]
    pub fn as_bool(self) -> Expr<Option<bool>> {
        self.only_if(self.is_boolean())
    }

    /// `as_f64()`
    #[must_use]
    pub fn as_f64(self) -> Expr<Option<f64>> {
        self.only_if(self.is_number())
    }

    /// `as_i64()`. JSON numbers do not tell `1.0` from `1`.
    #[must_use]
    pub fn as_i64(self) -> Expr<Option<i64>> {
        self.only_if(self.is_i64())
    }

    /// `as_u64()`. JSON numbers do not tell `1.0` from `1`.
    #[must_use]
    pub fn as_u64(self) -> Expr<Option<u64>> {
        self.only_if(self.is_u64())
    }

    /// `as_array()`
    #[must_use]
    pub fn as_array(self) -> Expr<Option<Vec<Value>>> {
        self.only_if(self.is_array())
    }

    /// `is_i64()`
    #[must_use]
    pub fn is_i64(self) -> Expr<bool> {
        let whole = node::binary(Binary::Eq, node::call("floor", &[self.id()]), self.id());
        Expr::from_id(node::all([self.is_number().id(), whole]))
    }

    /// `is_u64()`
    #[must_use]
    pub fn is_u64(self) -> Expr<bool> {
        let zero = node::constant(0);
        Expr::from_id(node::all([self.is_i64().id(), node::binary(Binary::Ge, self.id(), zero)]))
    }

    fn only_if<T>(self, condition: Expr<bool>) -> Expr<Option<T>> {
        Expr::from_id(node::some_if(condition.id(), self.id()))
    }
}

macro_rules! from {
    ($($type:ty)+) => {
        $(impl StagedFrom<$type> for Value {
            fn staged_from(value: Expr<$type>) -> Expr<Value> {
                value.retype()
            }
        })+
    };
}

from!(bool u8 u16 u32 u64 usize i8 i16 i32 i64 isize f64 String);

/// A value as any JSON, of which is known whether it can be `null`.
#[must_use]
pub fn to_any<T: Shaped>(value: Expr<T>) -> Expr<Value> {
    if T::shape().is_nullable() { value.retype() } else { Expr::from_id(node::never_null(value.id())) }
}
