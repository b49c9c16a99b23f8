//! `getActivityTask`, `sendTaskSuccess`, `sendTaskFailure` and `sendTaskHeartbeat`: machines that answer the tasks of others.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use serde_json::{Value as Json, json};

use super::{Api, Dialect, refused, text};
use crate::activities::ActivityTask;
use crate::execution::Execution;
use crate::task_handler::TaskFailure;
use crate::task_token::{TaskTokens, TokenError};

pub(super) fn send(tokens: &TaskTokens, api: Api, arguments: &Json) -> Result<Json, TaskFailure> {
    let token = text(arguments, "TaskToken").unwrap_or_default();
    let optional = |name: &str| text(arguments, name).map(str::to_owned);
    let sent = match api {
        Api::SendTaskFailure => tokens.fail(token, TaskFailure { error: optional("Error"), cause: optional("Cause") }),
        Api::SendTaskHeartbeat => tokens.heartbeat(token),
        _ => match output(arguments) {
            Some(output) => tokens.succeed(token, output),
            None if tokens.is_open(token) => {
                return Err(refused(Dialect::Sdk, "InvalidOutput", "Invalid Output: 'Invalid JSON'"));
            }
            // The token is looked at first.
            None => tokens.heartbeat(token),
        },
    };
    match sent {
        Ok(()) => Ok(json!({})),
        Err(error @ TokenError::Invalid) => Err(refused(Dialect::Sdk, "InvalidToken", &error.to_string())),
        Err(error @ TokenError::NotOpen) => Err(refused(Dialect::Sdk, "TaskTimedOut", &error.to_string())),
    }
}

/// Waits for the task of an activity; after a minute without one the answer is empty.
pub(super) async fn poll(execution: &Execution, arguments: &Json) -> Result<Json, TaskFailure> {
    let arn = text(arguments, "ActivityArn").unwrap_or_default();
    let missing = || refused(Dialect::Sdk, "ActivityDoesNotExist", &format!("Activity Does Not Exist: '{arn}'"));
    let activities = execution.settings.activities.as_ref().ok_or_else(missing)?;
    let polled = pin!(activities.poll(arn, text(arguments, "WorkerName")));
    match select(polled, Box::pin(execution.clock.sleep(LONGEST_POLL))).await {
        Either::Left((task, _)) => task.map(|task| described(&task)).map_err(|_| missing()),
        Either::Right(((), _)) => Ok(json!({})),
    }
}

const LONGEST_POLL: Duration = Duration::from_secs(60);

fn described(task: &ActivityTask) -> Json {
    json!({ "Input": task.input().to_string(), "TaskToken": task.token() })
}

/// The output, which a text gives as JSON; `None` if it is no JSON.
fn output(arguments: &Json) -> Option<Json> {
    match arguments.get("Output") {
        Some(Json::String(text)) => serde_json::from_str(text).ok(),
        Some(other) => Some(other.clone()),
        None => Some(Json::Null),
    }
}
