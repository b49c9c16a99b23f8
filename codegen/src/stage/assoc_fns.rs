//! The associated functions of std's types: `Type::function(…)` is `Type::stage_function(…)` in a twin.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde_json::Value;

use super::{
    Expr, Iter, Ordered, Retry, StagedFrom, StagedTryFrom,
    constant::constant_value,
    list, node, retry,
    time::{self, from_seconds, from_units},
};
use crate::{
    data::Shaped,
    diagnostic::Code,
    ir::{self, Binary},
    position::Position,
};

/// Functions of every type.
pub trait AnyFns: Sized {
    /// `T::from(value)`
    fn stage_from<T>(value: Expr<T>) -> Expr<Self>
    where
        Self: StagedFrom<T>,
    {
        Self::staged_from(value)
    }

    /// `T::try_from(value)`
    fn stage_try_from<T>(value: Expr<T>) -> Expr<Result<Self, Self::Error>>
    where
        Self: StagedTryFrom<T>,
    {
        Self::staged_try_from(value)
    }

    /// `T::default()`
    #[track_caller]
    fn stage_default() -> Expr<Self>
    where
        Self: Default + Serialize,
    {
        Expr::from_id(constant_value(&Self::default(), Position::caller()))
    }

    /// `T::clone(&value)`
    fn stage_clone(value: Expr<Self>) -> Expr<Self> {
        value
    }

    /// `T::min(a, b)`
    fn stage_min(a: Expr<Self>, b: Expr<Self>) -> Expr<Self>
    where
        Self: Ordered,
    {
        a.min(b)
    }

    /// `T::max(a, b)`
    fn stage_max(a: Expr<Self>, b: Expr<Self>) -> Expr<Self>
    where
        Self: Ordered,
    {
        a.max(b)
    }

    /// `T::cmp(&a, &b)`
    fn stage_cmp(a: Expr<Self>, b: Expr<Self>) -> Expr<std::cmp::Ordering>
    where
        Self: Ordered,
    {
        a.cmp(b)
    }
}

impl<T> AnyFns for T {}

/// Functions of `String`.
pub trait StringFns {
    /// `String::new()`
    fn stage_new() -> Expr<String> {
        Expr::from_id(node::constant(""))
    }

    /// `String::with_capacity(n)`
    fn stage_with_capacity(_: Expr<usize>) -> Expr<String> {
        Self::stage_new()
    }
}

impl StringFns for String {}

/// Functions of `Vec`.
pub trait VecFns<T> {
    /// `Vec::new()`
    fn stage_new() -> Expr<Vec<T>> {
        Expr::from_id(list::empty())
    }

    /// `Vec::with_capacity(n)`
    fn stage_with_capacity(_: Expr<usize>) -> Expr<Vec<T>> {
        Self::stage_new()
    }
}

impl<T> VecFns<T> for Vec<T> {}

/// Functions of maps.
pub trait MapFns: Sized {
    /// `BTreeMap::new()`, `HashMap::new()`
    fn stage_new() -> Expr<Self> {
        Expr::from_id(node::build(ir::Expr::Object(Vec::new())))
    }
}

impl<T> MapFns for BTreeMap<String, T> {}
impl<T> MapFns for HashMap<String, T> {}

/// Functions of `Box`.
pub trait BoxFns<T> {
    /// `Box::new(value)`
    fn stage_new(value: Expr<T>) -> Expr<Box<T>> {
        value.retype()
    }
}

impl<T> BoxFns<T> for Box<T> {}

/// Functions of `Duration`.
pub trait DurationFns {
    /// `Duration::new(secs, nanos)`
    fn stage_new(secs: Expr<u64>, nanos: Expr<u32>) -> Expr<Duration> {
        let (whole, part) = (from_seconds(secs.id(), 1), from_units(nanos.id(), 1_000_000_000));
        Expr::from_id(time::add_durations(whole, part))
    }

    /// `Duration::from_secs(n)`
    fn stage_from_secs(number: Expr<u64>) -> Expr<Duration> {
        Expr::from_id(from_seconds(number.id(), 1))
    }

    /// `Duration::from_mins(n)`
    fn stage_from_mins(number: Expr<u64>) -> Expr<Duration> {
        Expr::from_id(from_seconds(number.id(), 60))
    }

    /// `Duration::from_hours(n)`
    fn stage_from_hours(number: Expr<u64>) -> Expr<Duration> {
        Expr::from_id(from_seconds(number.id(), 3600))
    }

    /// `Duration::from_millis(n)`
    fn stage_from_millis(number: Expr<u64>) -> Expr<Duration> {
        Expr::from_id(from_units(number.id(), 1000))
    }

    /// `Duration::from_micros(n)`
    fn stage_from_micros(number: Expr<u64>) -> Expr<Duration> {
        Expr::from_id(from_units(number.id(), 1_000_000))
    }

    /// `Duration::from_nanos(n)`
    fn stage_from_nanos(number: Expr<u64>) -> Expr<Duration> {
        Expr::from_id(from_units(number.id(), 1_000_000_000))
    }

    /// `Duration::from_secs_f64(n)` of a constant: Rust rounds to nanoseconds.
    #[track_caller]
    fn stage_from_secs_f64(number: Expr<f64>) -> Expr<Duration> {
        let number = node::literal(number.id()).and_then(|number| number.as_f64());
        let duration = number.and_then(|number| Duration::try_from_secs_f64(number).ok());
        if duration.is_none() {
            super::recorder::report(Code::Option, Position::caller(), "a duration from a float is a constant");
        }
        Expr::from_id(constant_value(&duration.unwrap_or_default(), Position::caller()))
    }
}

impl DurationFns for Duration {}

macro_rules! time_deltas {
    ($($name:ident $doc:literal $millis:literal;)+) => {
        /// Functions of `TimeDelta`.
        pub trait TimeDeltaFns {
            $(#[doc = $doc]
            fn $name(number: Expr<i64>) -> Expr<TimeDelta> {
                let millis = node::constant($millis);
                Expr::from_id(node::binary(Binary::Mul, number.id(), millis))
            })+
        }
    };
}

time_deltas! {
    stage_milliseconds "`TimeDelta::milliseconds(n)`" 1;
    stage_seconds "`TimeDelta::seconds(n)`" 1_000;
    stage_minutes "`TimeDelta::minutes(n)`" 60_000;
    stage_hours "`TimeDelta::hours(n)`" 3_600_000;
    stage_days "`TimeDelta::days(n)`" 86_400_000;
    stage_weeks "`TimeDelta::weeks(n)`" 604_800_000;
}

impl TimeDeltaFns for TimeDelta {}

/// Functions of `Utc`.
pub trait UtcFns {
    /// `Utc::now()`
    #[track_caller]
    fn stage_now() -> Expr<DateTime<Utc>> {
        super::prelude::now::stage(super::Builder)
    }
}

impl UtcFns for Utc {}

/// Functions of `Retry`.
pub trait RetryFns {
    /// `Retry::on("…")`
    #[track_caller]
    fn stage_on(name: Expr<String>) -> Expr<Retry> {
        let at = Position::caller();
        retry::constant(&Retry::on(retry::argument::<String>(name.id(), at).unwrap_or_default()), at)
    }

    /// `Retry::all()`
    #[track_caller]
    fn stage_all() -> Expr<Retry> {
        retry::constant(&Retry::all(), Position::caller())
    }

    /// `Retry::none()`
    #[track_caller]
    fn stage_none() -> Expr<Retry> {
        retry::constant(&Retry::none(), Position::caller())
    }
}

impl RetryFns for Retry {}

/// `str::trim` is `String::trim`.
impl StringMethods for str {}

macro_rules! methods {
    ($(#[doc = $doc:literal] $trait:ident[$($parameter:ident),*] $type:ty { $($stage:ident $method:ident $out:ty;)+ })+) => {
        $(
            #[doc = $doc]
            pub trait $trait<$($parameter: Shaped),*> {
                $(#[doc = concat!("`", stringify!($method), "`")]
                #[track_caller]
                fn $stage(value: Expr<$type>) -> Expr<$out> {
                    value.$method()
                })+
            }

            impl<$($parameter: Shaped),*> $trait<$($parameter),*> for $type {}
        )+
    };
}

methods! {
    /// Methods of `String`, as functions.
    StringMethods[] String {
        stage_as_str as_str String;
        stage_is_empty is_empty bool;
        stage_to_string to_string String;
        stage_to_owned to_owned String;
        stage_to_uppercase to_uppercase String;
        stage_to_lowercase to_lowercase String;
        stage_trim trim String;
        stage_chars chars Iter<char>;
    }
    /// Methods of `Vec`, as functions.
    VecMethods[T] Vec<T> {
        stage_len len usize;
        stage_is_empty is_empty bool;
        stage_first first Option<T>;
        stage_last last Option<T>;
        stage_to_vec to_vec Vec<T>;
    }
    /// Methods of `Option`, as functions.
    OptionMethods[T] Option<T> {
        stage_is_some is_some bool;
        stage_is_none is_none bool;
        stage_unwrap unwrap T;
    }
    /// Methods of `Result`, as functions.
    ResultMethods[T, E] Result<T, E> {
        stage_is_ok is_ok bool;
        stage_is_err is_err bool;
        stage_ok ok Option<T>;
        stage_err err Option<E>;
        stage_unwrap unwrap T;
    }
    /// Methods of `serde_json::Value`, as functions.
    ValueMethods[] Value {
        stage_as_str as_str Option<String>;
        stage_as_i64 as_i64 Option<i64>;
        stage_as_u64 as_u64 Option<u64>;
        stage_as_f64 as_f64 Option<f64>;
        stage_as_bool as_bool Option<bool>;
        stage_as_array as_array Option<Vec<Value>>;
        stage_is_null is_null bool;
    }
}
