//! What answers Task states: the border between a machine and the world.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use serde_json::{Value as Json, json};
use stepwright_asl::error_name;

use crate::clock::Clock;
use crate::task_token::TaskTokens;

/// A boxed future that can move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Answers the Task states of an execution.
///
/// A handler is awaited by the task that awaits the execution, so it runs on the caller's runtime and may use
/// whatever that offers. Several calls are under way at the same time in Parallel and Map states. A call whose
/// answer nobody waits for any more (a time-out struck, another branch failed) is dropped.
///
/// For a task that starts a job (`.sync`) the answer is the job's result, and the event that tells of the submission shows it too; for one
/// that waits for a token the answer is that of the submission, and the result comes by [`TaskTokens`](crate::TaskTokens).
///
/// Any `Fn(TaskRequest) -> impl Future` is a handler.
pub trait TaskHandler: Send + Sync {
    /// Does the work of one attempt at a Task state.
    fn call(&self, request: TaskRequest) -> BoxFuture<'_, Result<Json, TaskFailure>>;

    /// Whether this handler answers a call that the interpreter could answer by itself: one that starts an execution of a registered
    /// state machine, answers a task token, or reads and writes objects of the object store. By default it leaves these to the interpreter.
    fn claims(&self, request: &TaskRequest) -> bool {
        let _ = request;
        false
    }
}

impl<F, A> TaskHandler for F
where
    F: Fn(TaskRequest) -> A + Send + Sync,
    A: Future<Output = Result<Json, TaskFailure>> + Send + 'static,
{
    fn call(&self, request: TaskRequest) -> BoxFuture<'_, Result<Json, TaskFailure>> {
        Box::pin(self(request))
    }
}

/// One attempt at a Task state, as its handler sees it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TaskRequest {
    /// The state's `Resource`.
    pub resource: String,
    /// The evaluated `Arguments` or `Parameters`; the state's input where the state has neither.
    pub arguments: Json,
    /// The state's name.
    pub state_name: String,
    /// How often the state has been tried again before: 0 for the first attempt.
    pub retry_count: u32,
    /// How long the task may take; the interpreter itself watches it.
    pub timeout: Option<Duration>,
    /// The longest time between two heartbeats.
    pub heartbeat: Option<Duration>,
    /// The token that answers a `.waitForTaskToken` task.
    pub task_token: Option<String>,
    /// The role of the state's `Credentials`.
    pub role_arn: Option<String>,
    /// The execution's ARN.
    pub execution_id: String,
    /// The execution's clock: a handler that sleeps on it takes that much of the execution's time, virtual or real.
    pub clock: Clock,
    pub(crate) tokens: TaskTokens,
}

impl TaskRequest {
    /// Ends the whole task with an answer, also where it waits for a token: a handler returns what this returns.
    ///
    /// # Errors
    ///
    /// The failure that the answer is, unless it comes by the token.
    pub fn conclude(&self, answer: Result<Json, TaskFailure>) -> Result<Json, TaskFailure> {
        let Some(token) = &self.task_token else { return answer };
        let told = match answer {
            Ok(output) => self.tokens.succeed(token, output),
            Err(failure) => self.tokens.fail(token, failure),
        };
        match told {
            Ok(()) => Ok(json!({})),
            Err(error) => Err(TaskFailure::new(error_name::TASK_FAILED, error.to_string())),
        }
    }

    /// The function and the payload, if the resource is a Lambda function: its own ARN or `lambda:invoke`.
    #[must_use]
    pub fn lambda(&self) -> Option<LambdaCall<'_>> {
        if let Some((_, name)) = self.resource.split_once(":function:") {
            return Some(LambdaCall { function: function_name(name), payload: &self.arguments, is_invoke: false });
        }
        let is_invoke = self.resource.split_once(":states:::lambda:invoke").is_some();
        let function = self.arguments.get("FunctionName")?.as_str().filter(|_| is_invoke)?;
        let name = function.split_once(":function:").map_or(function, |(_, name)| name);
        let payload = self.arguments.get("Payload").unwrap_or(&Json::Null);
        Some(LambdaCall { function: function_name(name), payload, is_invoke })
    }
}

/// A task that calls a Lambda function.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LambdaCall<'a> {
    /// The function's name, without version or alias.
    pub function: &'a str,
    /// The payload as the state gives it; see [`LambdaCall::event`] for what the function gets.
    pub payload: &'a Json,
    is_invoke: bool,
}

impl LambdaCall<'_> {
    /// What the function gets: `lambda:invoke` takes a text for the JSON of the event, and `null` for an empty object.
    ///
    /// # Errors
    ///
    /// The failure that the service reports for a text that is no JSON.
    pub fn event(&self) -> Result<Json, TaskFailure> {
        match self.payload {
            Json::Null if self.is_invoke => Ok(json!({})),
            Json::String(text) if self.is_invoke => serde_json::from_str(text).map_err(|_| {
                let cause = format!(
                    "Could not parse request body into json: Could not parse payload into json: {text} \
                     (Service: AWSLambda; Status Code: 400; Error Code: InvalidRequestContentException; \
                     Request ID: {REQUEST_ID}; Proxy: null)"
                );
                TaskFailure::new("Lambda.InvalidRequestContentException", cause)
            }),
            payload => Ok(payload.clone()),
        }
    }

    /// The task's result, given the function's: inside the envelope of `lambda:invoke` where that is how it was called.
    #[must_use]
    pub fn result(&self, payload: Json) -> Json {
        if self.is_invoke { lambda_invoke_result(payload) } else { payload }
    }
}

/// The result of the integration `lambda:invoke` around what the function returned.
#[must_use]
pub fn lambda_invoke_result(payload: Json) -> Json {
    let (http, response) = metadata();
    json!({
        "ExecutedVersion": "$LATEST",
        "Payload": payload,
        "SdkHttpMetadata": http,
        "SdkResponseMetadata": response,
        "StatusCode": 200,
    })
}

/// What the results of optimized integrations say of the connection: `SdkHttpMetadata` and `SdkResponseMetadata`.
pub(crate) fn metadata() -> (Json, Json) {
    let http = json!({ "AllHttpHeaders": {}, "HttpHeaders": {}, "HttpStatusCode": 200 });
    (http, json!({ "RequestId": REQUEST_ID }))
}

/// Why a task failed, in the words that retriers and catchers see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{}{}", .error.as_deref().unwrap_or("task failed"), .cause.as_deref().map(|cause| format!(": {cause}")).unwrap_or_default())]
pub struct TaskFailure {
    /// The error name.
    pub error: Option<String>,
    /// The text that explains it.
    pub cause: Option<String>,
}

impl TaskFailure {
    /// A failure with an error name and a cause.
    pub fn new(error: impl Into<String>, cause: impl Into<String>) -> TaskFailure {
        TaskFailure { error: Some(error.into()), cause: Some(cause.into()) }
    }

    /// The failure as the service keeps it: texts that are too long lose their ends.
    pub(crate) fn within_limits(self) -> TaskFailure {
        let cut = |text: Option<String>, most: usize| {
            text.map(|mut text| {
                if let Some((end, _)) = text.char_indices().nth(most) {
                    text.truncate(end);
                }
                text
            })
        };
        TaskFailure { error: cut(self.error, 256), cause: cut(self.cause, 32_768) }
    }

    /// The failure of a Lambda function written in Rust: the error type is the error name, and the cause is the JSON text of the
    /// error payload, `{"errorType":…,"errorMessage":…}`.
    #[must_use]
    pub fn lambda(error_type: &str, error_message: &str) -> TaskFailure {
        let payload = json!({ "errorType": error_type, "errorMessage": error_message });
        TaskFailure::new(error_type, payload.to_string())
    }
}

/// Stands for the identifier that the service gives each request.
pub(crate) const REQUEST_ID: &str = "00000000-0000-0000-0000-000000000000";

/// The name without the version or alias after it.
fn function_name(name: &str) -> &str {
    name.split_once(':').map_or(name, |(name, _)| name)
}
