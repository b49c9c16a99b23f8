//! Other machines: one that is started, one whose output is waited for, and one that answers a token.

use stepwright::{
    TaskToken,
    aws::{
        from_json,
        stepfunctions::{
            StartExecutionError, StartExecutionRequest, start_execution, start_execution_sync,
            start_execution_wait_for_task_token,
        },
        to_json,
    },
    prelude::*,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Upload {
    pub bucket: String,
    pub key: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Report {
    pub rows: u32,
    pub rejected: u32,
}

/// Starts a machine under a name, so that an upload is taken once; `false` if it was already.
#[workflow]
pub async fn start_import(machine: String, name: String, upload: Upload) -> Result<bool, StartExecutionError> {
    let request = StartExecutionRequest {
        state_machine_arn: machine,
        name: Some(name),
        input: to_json(&upload),
        ..Default::default()
    };
    match start_execution(request).await {
        Ok(_) => Ok(true),
        Err(StartExecutionError::ExecutionAlreadyExists(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Runs a machine to its end, and reads its output; `None` if it failed.
#[workflow]
pub async fn import_upload(machine: String, upload: Upload) -> Result<Option<Report>, StartExecutionError> {
    let request = StartExecutionRequest { state_machine_arn: machine, input: to_json(&upload), ..Default::default() };
    match start_execution_sync(request).await {
        Ok(execution) => Ok(Some(from_json::<Report>(&execution.output))),
        Err(StartExecutionError::TaskFailed(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What a machine that answers is started with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct ReviewInput {
    pub upload: Upload,
    pub token: TaskToken<Result<bool, Failure>>,
}

/// Waits until a machine, or whom it passes the token on to, has answered.
#[workflow]
pub async fn review_upload(machine: String, upload: Upload) -> Result<bool, Failure> {
    start_execution_wait_for_task_token(|token| StartExecutionRequest {
        state_machine_arn: machine,
        input: to_json(&ReviewInput { upload, token }),
        ..Default::default()
    })
    .await
}
