//! The service integrations that the interpreter answers by itself.
//!
//! A [`TaskHandler`](crate::TaskHandler) may claim any of them for itself.

mod executions;
pub(crate) mod family;
mod s3;
mod tokens;

use serde_json::{Map, Value as Json};

use crate::execution::{Execution, Settings};
use crate::task_handler::{BoxFuture, REQUEST_ID, TaskFailure, TaskRequest};

/// A call that the interpreter knows how to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Api {
    StartExecution,
    StartSyncExecution,
    SendTaskSuccess,
    SendTaskFailure,
    SendTaskHeartbeat,
    GetActivityTask,
    GetObject,
    PutObject,
    ListObjects,
    ListObjectsV2,
}

/// Which family of integrations a call is of: they word the same things in different ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Integrations that the service has made for the purpose: `states:startExecution`.
    Optimized,
    /// Those of the AWS SDK: `aws-sdk:sfn:startExecution`.
    Sdk,
}

/// A known call in its dialect.
pub(crate) type Call = (Api, Dialect);

/// The first answer to a call, and what goes on after it.
pub(crate) struct Submission {
    pub(crate) answer: Json,
    /// The result, where the answer only tells that the work has begun.
    pub(crate) job: Option<BoxFuture<'static, Result<Json, TaskFailure>>>,
}

impl From<Json> for Submission {
    fn from(answer: Json) -> Self {
        Submission { answer, job: None }
    }
}

/// The call behind a resource such as `aws-sdk:sfn` and `startExecution`.
pub(crate) fn call_of(resource_type: &str, action: &str) -> Option<Call> {
    let api = match (resource_type, action) {
        ("states", "startExecution") => return Some((Api::StartExecution, Dialect::Optimized)),
        ("aws-sdk:sfn", "startExecution") => Api::StartExecution,
        ("aws-sdk:sfn", "startSyncExecution") => Api::StartSyncExecution,
        ("aws-sdk:sfn", "sendTaskSuccess") => Api::SendTaskSuccess,
        ("aws-sdk:sfn", "sendTaskFailure") => Api::SendTaskFailure,
        ("aws-sdk:sfn", "sendTaskHeartbeat") => Api::SendTaskHeartbeat,
        ("aws-sdk:sfn", "getActivityTask") => Api::GetActivityTask,
        ("aws-sdk:s3", "getObject") => Api::GetObject,
        ("aws-sdk:s3", "putObject") => Api::PutObject,
        ("aws-sdk:s3", "listObjects") => Api::ListObjects,
        ("aws-sdk:s3", "listObjectsV2") => Api::ListObjectsV2,
        _ => return None,
    };
    Some((api, Dialect::Sdk))
}

/// Whether the interpreter has what it takes to answer the call.
pub(crate) fn is_answered(api: Api, settings: &Settings) -> bool {
    match api {
        Api::StartExecution | Api::StartSyncExecution => settings.state_machines.is_some(),
        Api::SendTaskSuccess | Api::SendTaskFailure | Api::SendTaskHeartbeat => true,
        Api::GetActivityTask => settings.activities.is_some(),
        Api::GetObject | Api::PutObject | Api::ListObjects | Api::ListObjectsV2 => settings.objects.is_some(),
    }
}

/// Answers a call.
pub(crate) fn submit(
    execution: &Execution,
    (api, dialect): Call,
    request: TaskRequest,
) -> BoxFuture<'_, Result<Submission, TaskFailure>> {
    Box::pin(async move {
        let arguments = &request.arguments;
        match api {
            Api::StartExecution => executions::start(execution, dialect, &request),
            Api::StartSyncExecution => executions::start_sync(execution, &request).await.map(Submission::from),
            Api::SendTaskSuccess | Api::SendTaskFailure | Api::SendTaskHeartbeat => {
                tokens::send(&execution.settings.tokens, api, arguments).map(Submission::from)
            }
            Api::GetActivityTask => tokens::poll(execution, arguments).await.map(Submission::from),
            Api::GetObject | Api::PutObject | Api::ListObjects | Api::ListObjectsV2 => {
                on_objects(execution, api, arguments).await.map(Submission::from)
            }
        }
    })
}

/// Answers a call of S3; virtual time stands still meanwhile.
async fn on_objects(execution: &Execution, api: Api, arguments: &Json) -> Result<Json, TaskFailure> {
    let Some(objects) = execution.settings.objects.as_deref() else {
        return Err(TaskFailure::new("S3.S3Exception", "there is no object store"));
    };
    let (_clock, _hold) = execution.clock.hold();
    match api {
        Api::GetObject => s3::get(objects, arguments).await,
        Api::PutObject => s3::put(objects, arguments).await,
        _ => s3::list(objects, arguments, api == Api::ListObjectsV2).await,
    }
}

/// What Step Functions refuses, in the words of the dialect.
fn refused(dialect: Dialect, name: &str, message: &str) -> TaskFailure {
    match dialect {
        Dialect::Optimized => TaskFailure::new(
            format!("StepFunctions.{name}Exception"),
            format!(
                "{message} (Service: AWSStepFunctions; Status Code: 400; Error Code: {name}; Request ID: {REQUEST_ID}; \
                 Proxy: null)"
            ),
        ),
        Dialect::Sdk => TaskFailure::new(
            format!("Sfn.{name}Exception"),
            format!("{message} (Service: Sfn, Status Code: 400, Request ID: {REQUEST_ID}) (SDK Attempt Count: 1)"),
        ),
    }
}

/// A text among the arguments of a call.
fn text<'a>(arguments: &'a Json, name: &str) -> Option<&'a str> {
    arguments.get(name)?.as_str()
}

/// An object of the members that are there.
fn object<const N: usize>(members: [(&str, Option<Json>); N]) -> Json {
    let present = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Json::Object(present.collect::<Map<_, _>>())
}
