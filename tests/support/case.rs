//! A workflow that is tested, and what comes of its runs.

use std::{collections::BTreeMap, pin::Pin};

use proptest::strategy::{BoxedStrategy, Strategy};
use serde::Serialize;
use serde_json::{Value, to_value};
use stepwright::{Call, Definition, RunFailure, asl::StateMachine};

/// A workflow, its inputs and the ways to run it.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) definition: fn() -> Definition,
    pub(crate) inputs: fn() -> BoxedStrategy<Value>,
    pub(crate) native: fn(Value) -> Running<Ran>,
    /// Its machine, or another in its place; with the transitions.
    pub(crate) local: fn(Value, Option<StateMachine>) -> Running<(Ran, usize)>,
}

type Running<T> = Pin<Box<dyn Future<Output = T>>>;

/// What came of a run.
#[derive(Debug, PartialEq)]
pub(crate) struct Ran {
    pub(crate) result: Result<Value, Failed>,
    /// Tasks and their arguments.
    pub(crate) calls: Vec<String>,
}

/// How a run failed.
#[derive(Debug, PartialEq)]
pub(crate) struct Failed {
    pub(crate) name: String,
    pub(crate) why: Why,
}

/// The error where it is one of the workflow's own, else the text: how an error is packed into the text depends on where
/// it comes from.
#[derive(Debug, PartialEq)]
pub(crate) enum Why {
    Error(Value),
    Cause(Option<String>),
    /// One of several that happened side by side.
    Race,
}

/// Inputs as the JSON that runs are given.
pub(crate) fn as_json<I: Serialize>(inputs: impl Strategy<Value = I> + 'static) -> BoxedStrategy<Value> {
    inputs.prop_map(|input| to_value(input).unwrap()).boxed()
}

pub(crate) fn ran<T: Serialize, E: Serialize>(result: Result<T, RunFailure<E>>, calls: &[Call]) -> Ran {
    let result = result.map(|value| to_value(value).unwrap()).map_err(|failure| Failed {
        name: failure.name,
        why: failure.error.map_or(Why::Cause(failure.cause), |error| Why::Error(to_value(error).unwrap())),
    });
    Ran { result, calls: calls.iter().map(|call| format!("{}{}", call.task, plain(&call.arguments))).collect() }
}

/// JSON in which `1.0` is `1`, which are the same number to a state machine, with its keys in order.
fn plain(value: &Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => Value::from(float as i64),
            _ => value.clone(),
        },
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(fields) => {
            let fields: BTreeMap<String, Value> =
                fields.iter().map(|(key, value)| (key.clone(), plain(value))).collect();
            fields.into_iter().collect()
        }
        Value::Null | Value::Bool(_) | Value::String(_) => value.clone(),
    }
}
