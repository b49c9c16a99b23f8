//! Executions that executions start: `states:startExecution` with the workflows of this program.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use stepwright_asl::{Pattern, Resource, error_name};
use stepwright_codegen::{error::TaskFailure, task::WorkflowEntry};
use stepwright_runtime::{Clock, ExecutionResult, ExecutionStatus, Fault, Identity, TaskRequest};

use super::{executable::Executable, router::Router};
use crate::{answer::Answer, native::uuid};

/// A task that starts an execution.
pub(super) struct Start<'a> {
    /// What the state waits for.
    pattern: Pattern,
    /// The ARN of the state machine.
    machine: &'a str,
}

impl<'a> Start<'a> {
    /// The start that a request is, if it is one.
    pub(super) fn of(request: &'a TaskRequest) -> Option<Self> {
        match Resource::parse(&request.resource)? {
            Resource::Service(call) if (call.service, call.action) == ("states", "startExecution") => {
                let machine = request.arguments.get("StateMachineArn")?.as_str()?;
                Some(Start { pattern: call.pattern, machine })
            }
            _ => None,
        }
    }

    /// Runs the execution. One that is not waited for is over at once, and takes none of the time of the other.
    pub(super) async fn answer(&self, router: &Arc<Router>, request: &TaskRequest) -> Answer {
        let name = self.machine.rsplit(':').next().unwrap_or_default();
        let entry = WorkflowEntry::all().into_iter().find(|entry| (entry.info)().name == name);
        let Some(entry) = entry else {
            let cause = format!("State Machine Does Not Exist: '{}'", self.machine);
            return Err(TaskFailure::new("StepFunctions.StateMachineDoesNotExistException", cause));
        };
        let machine =
            Executable::of_entry(entry).map_err(|error| TaskFailure::new(error_name::RUNTIME, error.to_string()))?;
        let identity = Identity::of(name, &uuid());
        let input = input(&request.arguments)?;
        let clock = Clock::virtual_at(request.clock.now());
        let objects = router.objects();
        let tasks = Arc::new(machine.tasks(router));
        let interpreter = machine.interpreter(tasks, objects, identity.clone()).clock(clock);
        let result = interpreter.run(input.clone()).await.map_err(|fault| refused(&fault))?;
        if self.pattern == Pattern::RequestResponse {
            return Ok(json!({ "ExecutionArn": identity.execution_id, "StartDate": seconds(result.started_at) }));
        }
        request.clock.sleep((result.stopped_at - result.started_at).to_std().unwrap_or_default()).await;
        let description = self.description(&identity, &input, &result);
        match result.status {
            ExecutionStatus::Succeeded => Ok(description),
            _ => Err(TaskFailure::new(error_name::TASK_FAILED, description.to_string())),
        }
    }

    /// The execution as the service describes it when it has ended.
    fn description(&self, identity: &Identity, input: &Value, result: &ExecutionResult) -> Value {
        let data = |value: &Value| match self.pattern {
            Pattern::Sync2 => value.clone(),
            _ => Value::String(value.to_string()),
        };
        let included = || Some(json!({ "Included": true }));
        let members = [
            ("Cause", result.cause.as_ref().map(|cause| json!(cause))),
            ("Error", result.error.as_ref().map(|error| json!(error))),
            ("ExecutionArn", Some(json!(identity.execution_id))),
            ("Input", Some(data(input))),
            ("InputDetails", included()),
            ("Name", Some(json!(identity.execution_name))),
            ("Output", result.output.as_ref().map(data)),
            ("OutputDetails", result.output.as_ref().and_then(|_| included())),
            ("StartDate", Some(seconds(result.started_at))),
            ("StateMachineArn", Some(json!(identity.state_machine_id))),
            ("Status", Some(json!(result.status.as_str()))),
            ("StopDate", Some(seconds(result.stopped_at))),
        ];
        members.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
    }
}

/// The input: an object, or the text of any JSON.
fn input(arguments: &Value) -> Result<Value, TaskFailure> {
    match arguments.get("Input") {
        Some(Value::String(text)) => serde_json::from_str(text).map_err(|error| {
            let cause = format!("Invalid State Machine Execution Input: '{error}'");
            TaskFailure::new("StepFunctions.InvalidExecutionInputException", cause)
        }),
        Some(input) => Ok(input.clone()),
        None => Ok(json!({})),
    }
}

fn refused(fault: &Fault) -> TaskFailure {
    TaskFailure::new(error_name::RUNTIME, fault.to_string())
}

fn seconds(time: DateTime<Utc>) -> Value {
    json!(time.timestamp_millis() as f64 / 1000.0)
}
