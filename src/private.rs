//! All that generated code may name. Not part of the interface: anything here may change in any release.

pub use chrono;
pub use inventory;
pub use schemars;
pub use serde;
pub use serde_json;
pub use tokio;

pub use stepwright_codegen::stage::*;
pub use stepwright_codegen::{
    data::*,
    error::{ErrorEnum, ErrorVariant, TaskError, TaskFailure},
    info::*,
    inputs::{Inputs, Lent},
    ir::ExprId,
    outcome::{Collected, Outcome},
    task::{BoxFuture, Task, TaskEntry, Workflow, WorkflowEntry},
};

pub use crate::aws::status::status;
#[cfg(feature = "cli")]
pub use crate::cli::program;

pub use crate::native::{nested, workflow_call};

pub use crate::guard::{Pass, probe0, probe1, probe2, probe3, probe4, probe5, probe6, probe7, probe8, probe9};

use serde::Serialize;
use serde_json::Value;
use stepwright_codegen::inputs::{self, InvalidArgument};

use crate::token::Token;

/// A value that serde knows how to write, as JSON; `null` where it does not.
pub fn to_value<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// The JSON of a call's arguments, by the names of the parameters.
///
/// # Errors
///
/// [`TaskFailure::INVALID_ARGUMENTS`] for an argument that is not JSON.
pub fn arguments(params: &[&str], lent: impl Lent) -> Result<Value, TaskFailure> {
    let named = params.iter().zip(lent.to_values());
    let values = named.map(|(name, value)| value.map_err(|error| format!("`{name}`: {error}")));
    match values.collect::<Result<_, _>>() {
        Ok(values) => Ok(inputs::payload(params, values)),
        Err(error) => Err(TaskFailure::new(TaskFailure::INVALID_ARGUMENTS, error)),
    }
}

/// Asks rustc whether this is the token of a task with such an answer.
pub fn hands_over<T: Token<R>, R>() {}

/// What the body of a task gives, as JSON or as an error name and a cause.
///
/// # Errors
///
/// See [`Outcome::into_wire`].
pub fn into_wire<T: Task>(output: T::Output) -> Result<Value, TaskFailure> {
    output.into_wire()
}

/// The arguments in what [`arguments`] made.
///
/// # Errors
///
/// [`TaskFailure::INVALID_ARGUMENTS`] for an argument that does not fit its parameter.
pub fn decode<I: Inputs>(params: &[&str], arguments: Value) -> Result<I, TaskFailure> {
    fitting(params, inputs::arguments(params, arguments))
}

/// The arguments of a task.
///
/// # Errors
///
/// See [`decode`].
pub fn decode_for<T: Task>(arguments: Value) -> Result<T::Args, TaskFailure> {
    decode(<T as Task>::info().params, arguments)
}

/// The same for arguments that are always given by the names of the parameters.
///
/// # Errors
///
/// [`TaskFailure::INVALID_ARGUMENTS`] for an argument that does not fit its parameter.
pub fn decode_named<I: Inputs>(params: &[&str], arguments: Value) -> Result<I, TaskFailure> {
    fitting(params, inputs::named_arguments(params, arguments))
}

fn fitting<I: Inputs>(params: &[&str], values: Vec<Value>) -> Result<I, TaskFailure> {
    let unfit = |error: InvalidArgument| TaskFailure::new(TaskFailure::INVALID_ARGUMENTS, error.of(params));
    I::from_values(values.into_iter()).map_err(unfit)
}

/// The failure of a task without a body.
pub fn no_body(task: &TaskInfo) -> TaskFailure {
    let cause =
        format!("the task `{}` has no body in this program: mock it, or run the machine where it is served", task.name);
    TaskFailure::new(TaskFailure::NO_BODY, cause)
}

/// Ends what has no other way to say that it cannot go on.
#[expect(clippy::panic, reason = "tests and snapshots want the value, and `try_definition` tells of mistakes")]
pub(crate) fn stop(message: String) -> ! {
    panic!("{message}")
}
