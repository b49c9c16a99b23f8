//! `sendTaskSuccess`, `sendTaskFailure` and `sendTaskHeartbeat`: machines that answer the tasks of others.

use serde_json::{Value as Json, json};

use super::{Api, Dialect, refused, text};
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

/// The output, which a text gives as JSON; `None` if it is no JSON.
fn output(arguments: &Json) -> Option<Json> {
    match arguments.get("Output") {
        Some(Json::String(text)) => serde_json::from_str(text).ok(),
        Some(other) => Some(other.clone()),
        None => Some(Json::Null),
    }
}
