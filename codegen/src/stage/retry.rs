//! `Retry::on("…").max_attempts(2)` in a workflow: built natively from constants.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Expr, constant::constant_value, node, recorder};
pub use crate::retry::Retry;
use crate::{
    diagnostic::Code,
    info::Jitter,
    ir::{CallOptions, ExprId},
    position::Position,
};

/// What a retry asks for, added to the options of a call.
pub(super) fn read(value: &Value, options: &mut CallOptions, at: Position) {
    let Some(retry) = from_constant::<Retry>(Some(value.clone()), at) else { return };
    if !retry.is_in_whole_seconds() {
        recorder::report(Code::Limit, at, "a state machine counts the time between retries in whole seconds");
    }
    match retry.into_retrier() {
        Some(retrier) => options.retry.push(retrier),
        None => options.no_task_retry = true,
    }
}

/// A retry as a constant.
pub(super) fn constant(retry: &Retry, at: Position) -> Expr<Retry> {
    Expr::from_id(constant_value(retry, at))
}

/// The value of an argument, which has to be a constant.
pub(super) fn argument<A: DeserializeOwned>(argument: ExprId, at: Position) -> Option<A> {
    from_constant(node::literal(argument), at)
}

fn from_constant<A: DeserializeOwned>(constant: Option<Value>, at: Position) -> Option<A> {
    let value = constant.and_then(|value| serde_json::from_value(value).ok());
    if value.is_none() {
        recorder::report(Code::Option, at, "the retries of a call are constants");
    }
    value
}

macro_rules! setters {
    ($($name:ident: $type:ty;)+) => {
        /// Options.
        impl Expr<Retry> {
            $(#[doc = concat!("`", stringify!($name), "(…)`")]
            #[track_caller]
            #[must_use]
            pub fn $name(self, value: Expr<$type>) -> Self {
                let at = Position::caller();
                let set = argument::<Retry>(self.id(), at).zip(argument::<$type>(value.id(), at));
                set.map_or(self, |(retry, value)| constant(&retry.$name(value), at))
            })+
        }
    };
}

setters! {
    or: String;
    interval: Duration;
    backoff: f64;
    max_attempts: u64;
    max_delay: Duration;
    jitter: Jitter;
}
