//! The free functions that workflows call: each stands, as a type, beside the native function of its name, so that one
//! `use` brings both.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{
    Builder, DistributedStage, Expr, Iterable, MapStage, Pending,
    effects::bind_id,
    node::{self, call_unstable},
    time,
};
use crate::{
    distributed::Source,
    hash::Hash,
    ir::{self, ExprId},
    outcome::Collected,
    position::Position,
};

macro_rules! functions {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {
        $(
            $(#[doc = $doc])+
            #[expect(non_camel_case_types, reason = "has the name of the function that it stands for")]
            #[derive(Debug)]
            pub struct $name {}
        )+
    };
}

functions! {
    /// `sleep(duration)`
    sleep;
    /// `sleep_until(time)`
    sleep_until;
    /// `map(items, async |item| …)`
    map;
    /// `distributed_map(source)`
    distributed_map;
    /// `uuid()`
    uuid;
    /// `random()`
    random;
    /// `hash(text, Hash::…)`
    hash;
    /// `base64_encode(text)`
    base64_encode;
    /// `base64_decode(text)`
    base64_decode;
    /// `now()`
    now;
    /// `context()`
    context;
}

impl sleep {
    /// The staged call.
    #[track_caller]
    pub fn stage((_, duration): (Builder, Expr<Duration>)) -> Pending<()> {
        Pending::sleep(duration)
    }
}

impl sleep_until {
    /// The staged call.
    pub fn stage((_, time): (Builder, Expr<DateTime<Utc>>)) -> Pending<()> {
        Pending::sleep_until(time)
    }
}

impl map {
    /// The staged call.
    pub fn stage<I: Iterable, R: Collected, F: FnOnce(Expr<I::Item>) -> Expr<R>>(
        ((_, items), each): ((Builder, Expr<I>), F),
    ) -> MapStage<R> {
        MapStage::new(items, each)
    }
}

impl distributed_map {
    /// The staged call.
    #[track_caller]
    pub fn stage<S: Source>((_, source): (Builder, Expr<S>)) -> DistributedStage<S> {
        DistributedStage::new(source, Position::caller())
    }
}

impl uuid {
    /// The staged call: evaluated once, where it stands.
    #[track_caller]
    pub fn stage(_: Builder) -> Expr<String> {
        once("uuid", call_unstable("uuid", &[]), Position::caller())
    }
}

impl random {
    /// The staged call: evaluated once, where it stands.
    #[track_caller]
    pub fn stage(_: Builder) -> Expr<f64> {
        once("random", call_unstable("random", &[]), Position::caller())
    }
}

impl now {
    /// The staged call: evaluated once, where it stands.
    #[track_caller]
    pub fn stage(_: Builder) -> Expr<DateTime<Utc>> {
        once("now", time::without_zero_millis(call_unstable("now", &[])), Position::caller())
    }
}

fn once<T>(name: &str, value: ExprId, at: Position) -> Expr<T> {
    Expr::from_id(bind_id(name, value, at))
}

impl hash {
    /// The staged call.
    pub fn stage(((_, text), algorithm): ((Builder, Expr<String>), Expr<Hash>)) -> Expr<String> {
        Expr::from_id(node::call("hash", &[text.id(), algorithm.id()]))
    }
}

impl base64_encode {
    /// The staged call.
    pub fn stage((_, text): (Builder, Expr<String>)) -> Expr<String> {
        Expr::from_id(node::call("base64encode", &[text.id()]))
    }
}

impl base64_decode {
    /// The staged call.
    pub fn stage((_, text): (Builder, Expr<String>)) -> Expr<String> {
        Expr::from_id(node::call("base64decode", &[text.id()]))
    }
}

impl context {
    /// The staged call.
    pub fn stage(_: Builder) -> Expr<Context> {
        Expr::from_id(path(&[]))
    }
}

/// The context object of the execution.
#[derive(Debug)]
pub struct Context;

macro_rules! context {
    ($($name:ident: $type:ty = $object:literal $key:literal;)+) => {
        /// Parts of the context object.
        impl Expr<Context> {
            $(#[doc = concat!("`", stringify!($name), "()`")]
            #[must_use]
            pub fn $name(self) -> Expr<$type> {
                Expr::from_id(path(&[$object, $key]))
            })+
        }
    };
}

context! {
    execution_id: String = "Execution" "Id";
    execution_name: String = "Execution" "Name";
    start_time: DateTime<Utc> = "Execution" "StartTime";
    state_machine_id: String = "StateMachine" "Id";
}

impl Expr<Context> {
    /// `retry_count()`: 0 in states that are never retried.
    #[must_use]
    pub fn retry_count(self) -> Expr<u64> {
        let (keys, default) = (vec!["RetryCount".to_owned()], Some(0.into()));
        let kind = ir::Kind::SCALAR;
        Expr::from_id(node::build(ir::Expr::Field { base: path(&["State"]), keys, default, kind }))
    }
}

fn path(keys: &[&str]) -> ExprId {
    node::build(ir::Expr::Context(keys.iter().map(|key| (*key).to_owned()).collect()))
}
