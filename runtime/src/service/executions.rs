//! `startExecution` in its forms: executions that start others.

use std::sync::Arc;

use futures_util::FutureExt;
use serde_json::{Value as Json, json};
use stepwright_asl::{Pattern, Resource, error_name};

use super::family::{Family, MemberId};
use super::{Dialect, Submission, object, refused, text};
use crate::conclusion::{ExecutionResult, ExecutionStatus};
use crate::context_object::Identity;
use crate::execution::Execution;
use crate::state_machines::{Registered, name_in};
use crate::stop::Stop;
use crate::task_handler::{TaskFailure, TaskRequest, metadata};
use crate::timestamp::to_milliseconds;
use crate::value::{Value, is_too_deep};

/// A started execution that a task waits for; it is stopped when the task ends before it.
struct Job {
    family: Arc<Family>,
    member: MemberId,
    description: Description,
    has_ended: bool,
}

/// What is said of an execution besides its result.
#[derive(Clone)]
struct Description {
    identity: Arc<Identity>,
    input: Json,
    pattern: Pattern,
}

/// Starts an execution that runs beside this one.
pub(super) fn start(execution: &Execution, dialect: Dialect, request: &TaskRequest) -> Result<Submission, TaskFailure> {
    let (family, member, description) = begin(execution, dialect, request)?;
    let started = execution.clock.now();
    let arn = &description.identity.execution_id;
    let answer = match dialect {
        Dialect::Sdk => json!({ "ExecutionArn": arn, "StartDate": to_milliseconds(started) }),
        Dialect::Optimized => {
            let (http, response) = metadata();
            json!({
                "ExecutionArn": arn,
                "SdkHttpMetadata": http,
                "SdkResponseMetadata": response,
                "StartDate": seconds(started),
            })
        }
    };
    let waits = matches!(description.pattern, Pattern::Sync | Pattern::Sync2);
    let job = waits.then(|| Job { family, member, description, has_ended: false }.ended().boxed());
    Ok(Submission { answer, job })
}

/// Starts an express execution and waits for it: its failure is an answer like any other.
pub(super) async fn start_sync(execution: &Execution, request: &TaskRequest) -> Result<Json, TaskFailure> {
    let (family, member, description) = begin(execution, Dialect::Sdk, request)?;
    let mut job = Job { family, member, description, has_ended: false };
    let answer = job.family.ended(member, |result| synchronous(&job.description, result)).await;
    job.has_ended = true;
    Ok(answer)
}

impl Job {
    /// Waits for the end; what the task makes of it.
    async fn ended(mut self) -> Result<Json, TaskFailure> {
        let end = |result: &ExecutionResult| {
            let description = self.description.with(result);
            match result.status {
                ExecutionStatus::Succeeded => Ok(description),
                _ => Err(TaskFailure::new(error_name::TASK_FAILED, description.to_string())),
            }
        };
        let answer = self.family.ended(self.member, end).await;
        self.has_ended = true;
        answer
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        if !self.has_ended {
            self.family.stop(self.member);
        }
    }
}

type Begun = (Arc<Family>, MemberId, Description);

fn begin(execution: &Execution, dialect: Dialect, request: &TaskRequest) -> Result<Begun, TaskFailure> {
    let arguments = &request.arguments;
    let arn = text(arguments, "StateMachineArn").unwrap_or_default();
    let missing = || refused(dialect, "StateMachineDoesNotExist", &format!("State Machine Does Not Exist: '{arn}'"));
    let machines = execution.settings.state_machines.as_ref();
    let (Some(machine), Some(family)) = (machines.and_then(|machines| machines.find(arn)), &execution.family) else {
        return Err(missing());
    };
    let input = input(arguments.get("Input")).ok_or_else(|| {
        refused(dialect, "InvalidExecutionInput", "Invalid State Machine Execution Input: 'Invalid JSON'")
    })?;
    let identity = Arc::new(identity(execution, machine, arn, text(arguments, "Name")));
    let description = Description {
        identity: Arc::clone(&identity),
        input: input.clone(),
        pattern: Resource::parse(&request.resource).map_or(Pattern::RequestResponse, |resource| resource.pattern()),
    };
    if let Some((member, its_input, is_running)) = family.find(&identity.execution_id) {
        // Starting it once more with the same input is no mistake.
        if is_running && its_input == input {
            return Ok((Arc::clone(family), member, description));
        }
        let message = format!("Execution Already Exists: '{}'", identity.execution_id);
        return Err(refused(dialect, "ExecutionAlreadyExists", &message));
    }
    if family.len() >= execution.settings.limits.nested_executions {
        return Err(refused(dialect, "ExecutionLimitExceeded", "The maximum number of running executions is reached"));
    }
    let stop = Stop::new();
    let nested = execution.nested(&machine.program, Arc::clone(&identity), Value::from(&input), &stop);
    let member = family.add(identity, input, stop, nested);
    Ok((Arc::clone(family), member, description))
}

/// The input that the arguments give: a text is JSON; without any it is an empty object.
fn input(given: Option<&Json>) -> Option<Json> {
    let input = match given {
        None | Some(Json::Null) => json!({}),
        Some(Json::String(text)) => serde_json::from_str(text).ok()?,
        Some(other) => other.clone(),
    };
    (!is_too_deep(&input)).then_some(input)
}

/// Who the started execution is; the ARNs follow the machine's, or those of the execution that starts it.
fn identity(parent: &Execution, machine: &Registered, arn: &str, name: Option<&str>) -> Identity {
    let parent_identity = parent.origin.identity();
    let machine_name = name_in(arn).unwrap_or(arn);
    let machine_arn = match name_in(arn) {
        Some(_) => arn.to_owned(),
        None => {
            let prefix = parent_identity.state_machine_id.split_once(":stateMachine:").map(|(prefix, _)| prefix);
            format!("{}:stateMachine:{arn}", prefix.unwrap_or_default())
        }
    };
    let prefix = machine_arn.split_once(":stateMachine:").map(|(prefix, _)| prefix).unwrap_or_default();
    let execution_name = name.map_or_else(|| parent.random.uuid().to_string(), str::to_owned);
    let identity = Identity {
        execution_id: format!("{prefix}:execution:{machine_name}:{execution_name}"),
        execution_name,
        role_arn: parent_identity.role_arn.clone(),
        state_machine_name: machine_name.to_owned(),
        state_machine_id: machine_arn,
    };
    if machine.is_express { identity.express(&parent.random.uuid().to_string()) } else { identity }
}

impl Description {
    /// The ended execution as `DescribeExecution` shows it, in the order of the names.
    fn with(&self, result: &ExecutionResult) -> Json {
        let data = |data: &Json| if self.pattern == Pattern::Sync2 { data.clone() } else { json!(data.to_string()) };
        let included = || json!({ "Included": true });
        let has_succeeded = result.status == ExecutionStatus::Succeeded;
        let status = if has_succeeded { "NOT_REDRIVABLE" } else { "REDRIVABLE" };
        let reason = has_succeeded.then(|| json!("Execution is SUCCEEDED and cannot be redriven"));
        let [cause, error] = result.described_error().map(|(name, text)| (name, text.map(|text| json!(text))));
        object([
            cause,
            error,
            ("ExecutionArn", Some(json!(self.identity.execution_id))),
            ("Input", Some(data(&self.input))),
            ("InputDetails", Some(included())),
            ("Name", Some(json!(self.identity.execution_name))),
            ("Output", result.output.as_ref().map(data)),
            ("OutputDetails", result.output.as_ref().map(|_| included())),
            ("RedriveCount", Some(json!(0))),
            ("RedriveStatus", Some(json!(status))),
            ("RedriveStatusReason", reason),
            ("StartDate", Some(seconds(result.started_at))),
            ("StateMachineArn", Some(json!(self.identity.state_machine_id))),
            ("Status", Some(json!(result.status.as_str()))),
            ("StopDate", Some(seconds(result.stopped_at))),
        ])
    }
}

/// The answer of `StartSyncExecution`.
fn synchronous(description: &Description, result: &ExecutionResult) -> Json {
    let Description { identity, input, .. } = description;
    let milliseconds = (result.stopped_at - result.started_at).num_milliseconds();
    let billed = (milliseconds + 99) / 100 * 100;
    object([
        ("BillingDetails", Some(json!({ "BilledDurationInMilliseconds": billed, "BilledMemoryUsedInMB": 64 }))),
        ("Cause", result.cause.as_ref().map(|cause| json!(cause))),
        ("Error", result.error.as_ref().map(|error| json!(error))),
        ("ExecutionArn", Some(json!(identity.execution_id))),
        ("Input", Some(json!(input.to_string()))),
        ("InputDetails", Some(json!({ "Included": true }))),
        ("Name", Some(json!(identity.execution_name))),
        ("Output", result.output.as_ref().map(|output| json!(output.to_string()))),
        ("OutputDetails", result.output.as_ref().map(|_| json!({ "Included": true }))),
        ("StartDate", Some(json!(to_milliseconds(result.started_at)))),
        ("StateMachineArn", Some(json!(identity.state_machine_id))),
        ("Status", Some(json!(result.status.as_str()))),
        ("StopDate", Some(json!(to_milliseconds(result.stopped_at)))),
    ])
}

/// A time as optimized integrations write it: seconds since 1970.
fn seconds(time: chrono::DateTime<chrono::Utc>) -> Json {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of any date fit")]
    let seconds = time.timestamp_millis() as f64 / 1_000.0;
    json!(seconds)
}
