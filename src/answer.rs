//! One attempt at a task, however it is called: natively, from a local run of a machine, or by Lambda.

use std::{any::Any, panic::AssertUnwindSafe};

use futures_util::FutureExt;
use serde_json::Value;
use stepwright_asl::error_name;
use stepwright_codegen::{
    error::TaskFailure,
    info::TaskInfo,
    task::{BoxFuture, TaskEntry},
};

/// What a task answers: its result as JSON, or why it failed.
pub(crate) type Answer = Result<Value, TaskFailure>;

/// What a machine's payload asks of a task: the arguments, as its body takes them, and the token that they carry.
///
/// # Errors
///
/// [`TaskFailure::INVALID_ARGUMENTS`] for a payload that is no object, where the arguments stand in one by their names.
pub(crate) fn asked(task: &TaskEntry, mut payload: Value) -> Result<(Value, Option<String>), TaskFailure> {
    let info = (task.info)();
    let is_named = match info.params {
        [] => false,
        [_] => (task.names_only_argument)(),
        _ => true,
    };
    if is_named && !payload.is_object() {
        let names: Vec<_> = info.params.iter().map(|name| format!("\"{name}\": …")).collect();
        let cause = format!(
            "`{}` takes an object with its arguments by name, {{{}}}, and not {}",
            info.name,
            names.join(", "),
            kind(&payload)
        );
        return Err(TaskFailure::new(TaskFailure::INVALID_ARGUMENTS, cause));
    }
    let token = info.token.and_then(|name| payload.as_object_mut()?.shift_remove(name));
    Ok((task.arguments(payload), token.and_then(|token| token.as_str().map(str::to_owned))))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Awaits an attempt; a panic fails it.
pub(crate) async fn attempt(work: BoxFuture<'static, Answer>) -> Answer {
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(answer) => answer,
        Err(panic) => Err(TaskFailure::new(TaskFailure::PANIC, panic_message(&*panic))),
    }
}

/// A failure as the machine sees it: a Lambda function reports the message inside a JSON object.
pub(crate) fn as_reported(info: &TaskInfo, failure: TaskFailure) -> TaskFailure {
    if !info.kind.is_function() {
        return failure;
    }
    let message = failure.cause.unwrap_or_default();
    let cause = stepwright_runtime::TaskFailure::lambda(&failure.name, &message).cause;
    TaskFailure { name: failure.name, cause }
}

/// What took too long: the service gives no cause.
pub(crate) fn timed_out() -> TaskFailure {
    TaskFailure { name: error_name::TIMEOUT.to_owned(), cause: None }
}

/// The text of a panic.
pub(crate) fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message").to_owned()
}
