//! The shapes of the standard library's types, of `chrono::DateTime<Utc>` and of `serde_json::Value`.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    hash::Hash,
    time::Duration,
};

use chrono::{DateTime, Utc};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{Data, Shape, Shaped};

macro_rules! plain {
    ($($ty:ty: $shape:expr;)+) => {
        $(
            impl Shaped for $ty {
                fn shape() -> Shape {
                    $shape
                }
            }

            impl Data for $ty {
                type Methods = ();
            }
        )+
    };
}

plain! {
    (): Shape::Unit;
    bool: Shape::Bool;
    u8: Shape::Integer { signed: false, bits: 8 };
    u16: Shape::Integer { signed: false, bits: 16 };
    u32: Shape::Integer { signed: false, bits: 32 };
    u64: Shape::Integer { signed: false, bits: 64 };
    u128: Shape::Integer { signed: false, bits: 128 };
    usize: Shape::Integer { signed: false, bits: 64 };
    i8: Shape::Integer { signed: true, bits: 8 };
    i16: Shape::Integer { signed: true, bits: 16 };
    i32: Shape::Integer { signed: true, bits: 32 };
    i64: Shape::Integer { signed: true, bits: 64 };
    i128: Shape::Integer { signed: true, bits: 128 };
    isize: Shape::Integer { signed: true, bits: 64 };
    f32: Shape::Float;
    f64: Shape::Float;
    char: Shape::Char;
    String: Shape::Text;
    Duration: Shape::Duration;
    DateTime<Utc>: Shape::Time;
    Value: Shape::Any;
}

impl<T: Shaped> Shaped for Box<T> {
    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: Data> Data for Box<T> {
    type Methods = T::Methods;
}

impl<T: Shaped> Shaped for Option<T> {
    fn shape() -> Shape {
        Shape::Option(T::shape)
    }
}

impl<T: Data> Data for Option<T> {
    type Methods = ();
}

impl<T: Shaped, E: Shaped> Shaped for Result<T, E> {
    fn shape() -> Shape {
        Shape::Result(T::shape, E::shape)
    }
}

impl<T: Shaped> Shaped for Vec<T> {
    fn shape() -> Shape {
        Shape::List(T::shape)
    }
}

impl<T: Data> Data for Vec<T> {
    type Methods = ();
}

impl<T: Shaped, const N: usize> Shaped for [T; N] {
    fn shape() -> Shape {
        Shape::List(T::shape)
    }
}

// serde implements its traits for the lengths 0 to 32, one by one.
impl<T: Data, const N: usize> Data for [T; N]
where
    [T; N]: Serialize + DeserializeOwned,
{
    type Methods = ();
}

impl<T: Shaped> Shaped for BTreeSet<T> {
    fn shape() -> Shape {
        Shape::List(T::shape)
    }
}

impl<T: Data + Ord> Data for BTreeSet<T> {
    type Methods = ();
}

impl<T: Shaped> Shaped for HashSet<T> {
    fn shape() -> Shape {
        Shape::List(T::shape)
    }
}

impl<T: Data + Eq + Hash> Data for HashSet<T> {
    type Methods = ();
}

impl<T: Shaped> Shaped for BTreeMap<String, T> {
    fn shape() -> Shape {
        Shape::Map(T::shape)
    }
}

impl<T: Data> Data for BTreeMap<String, T> {
    type Methods = ();
}

impl<T: Shaped> Shaped for HashMap<String, T> {
    fn shape() -> Shape {
        Shape::Map(T::shape)
    }
}

impl<T: Data> Data for HashMap<String, T> {
    type Methods = ();
}

macro_rules! tuples {
    ($($($part:ident)+;)+) => {
        $(
            impl<$($part: Shaped),+> Shaped for ($($part,)+) {
                fn shape() -> Shape {
                    Shape::Tuple(vec![$($part::shape),+])
                }
            }

            impl<$($part: Data),+> Data for ($($part,)+) {
                type Methods = ();
            }
        )+
    };
}

tuples! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
}
