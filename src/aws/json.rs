//! Rust values where an integration has any JSON: a message, a payload, an input.

use std::marker::PhantomData;

use serde_json::Value;
use stepwright_codegen::stage::{Builder, WorkflowValue, to_any};

use crate::{__private::stop, Data};

/// A value as JSON: `message_body: aws::to_json(&order)`.
///
/// # Panics
///
/// If serde cannot write it as JSON.
#[must_use]
pub fn to_json<T: Data>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_else(|error| stop(error.to_string()))
}

/// The value that JSON holds: `aws::from_json::<Receipt>(&response.payload)`.
///
/// # Panics
///
/// If it is not of this type. An execution of the machine fails later, where it reads what is not there.
#[must_use]
pub fn from_json<T: Data>(json: &Value) -> T {
    T::deserialize(json).unwrap_or_else(|error| stop(error.to_string()))
}

/// What stands for the function in a workflow.
#[doc(hidden)]
#[expect(non_camel_case_types, reason = "has the name of the function that it stands for")]
#[derive(Debug)]
pub struct to_json {}

impl to_json {
    /// The staged call: values of workflows are JSON.
    pub fn stage<T: Data>((_, value): (Builder, WorkflowValue<T>)) -> WorkflowValue<Value> {
        to_any(value)
    }
}

/// What stands for the function in a workflow.
#[doc(hidden)]
#[expect(non_camel_case_types, reason = "has the name of the function that it stands for")]
#[derive(Debug)]
pub struct from_json<T> {
    of: PhantomData<T>,
}

impl<T: Data> from_json<T> {
    /// The staged call: values of workflows are JSON.
    pub fn stage((_, json): (Builder, WorkflowValue<Value>)) -> WorkflowValue<T> {
        WorkflowValue::from_id(json.id())
    }
}
