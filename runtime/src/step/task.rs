//! A Task state: the call's fields before, and its events around it.

use std::sync::Arc;

use stepwright_asl::error_name;

use super::task_call::{Unanswered, call};
use super::{Done, Worked, too_large};
use crate::driver;
use crate::error::{EvaluationError, Failure, StepError};
use crate::execution::{Execution, Frame, Seen, Turn};
use crate::program::Task;
use crate::query::View;
use crate::resource::Resource;
use crate::task_handler::TaskFailure;
use crate::value::Value;

/// Calls the resource once.
pub(super) async fn attempt(turn: &mut Turn<'_>, frame: &mut Frame, task: &Task) -> Worked {
    turn.token = task.resource.waits_for_token().then(|| Arc::from(turn.execution.random.uuid().to_string()));
    let settings = schedule(turn, frame, task).await?;
    // Not in one statement, which would keep room for the future twice.
    let call = call(turn, frame, task, settings)?;
    let answer = call.await;
    let result = record_answer(turn.execution, frame, &task.resource, answer)?;
    turn.show(|seen| seen.result = Some(result.to_json()));
    let seen = Seen { result: Some(&result), ..Seen::default() };
    let exit = turn.eval(frame, seen, |view| turn.state.io.exit(view))?;
    Ok(Done { exit, next: turn.state.next })
}

/// The evaluated fields of a Task state.
pub(super) struct Settings {
    pub(super) arguments: Value,
    pub(super) timeout: Option<u64>,
    pub(super) heartbeat: Option<u64>,
    pub(super) role_arn: Option<String>,
}

impl Settings {
    fn eval(turn: &Turn<'_>, task: &Task, view: &View<'_>) -> Result<Settings, EvaluationError> {
        Ok(Settings {
            timeout: task.timeout.as_ref().map(|timeout| timeout.eval(view)).transpose()?,
            heartbeat: task.heartbeat.as_ref().map(|heartbeat| heartbeat.eval(view)).transpose()?,
            role_arn: task.role_arn.as_ref().map(|role_arn| role_arn.eval(view)).transpose()?,
            arguments: if task.resource.takes_objects() {
                turn.state.io.object_payload(view)?
            } else {
                turn.state.io.payload(view)?
            },
        })
    }
}

/// Evaluates what the call needs, and tells of it.
async fn schedule(turn: &Turn<'_>, frame: &mut Frame, task: &Task) -> Result<Settings, StepError> {
    let (execution, resource) = (turn.execution, &task.resource);
    let settings = turn.eval(frame, Seen::default(), |view| Settings::eval(turn, task, view))?;
    let activity = resource.activity().zip(execution.settings.activities.as_ref());
    if let Some((arn, activities)) = activity
        && !activities.exists(arn)
    {
        return Err(EvaluationError::runtime(format!("The activity {arn} does not exist.")).into());
    }
    let scheduled = || resource.scheduled(&settings, region(&execution.origin.identity().state_machine_id));
    frame.last = execution.record_event(frame.last, scheduled)?;
    if frame.is_concurrent && execution.journal.is_kept() {
        driver::give_way().await;
    }
    if activity.is_none() {
        frame.last = execution.record_event(frame.last, || resource.started(None))?;
    }
    Ok(settings)
}

/// Tells of what has come of the call.
fn record_answer(
    execution: &Execution,
    frame: &mut Frame,
    resource: &Resource,
    answer: Result<Value, Unanswered>,
) -> Result<Value, StepError> {
    let failure = match answer {
        Ok(output) if output.json_len() <= execution.settings.limits.payload_bytes => {
            frame.last = execution.record_event(frame.last, || resource.succeeded(&output))?;
            return Ok(output);
        }
        Ok(_) => too_large(resource.limit_name(), frame.last),
        Err(Unanswered::Failed(failure)) => {
            let TaskFailure { error, cause } = failure.within_limits();
            Failure { error, cause, is_heartbeat: false, event: frame.last }
        }
        Err(Unanswered::TimedOut { is_heartbeat }) => {
            let event = execution.record_event(frame.last, || resource.timed_out())?;
            return Err(
                Failure { error: Some(error_name::TIMEOUT.to_owned()), cause: None, is_heartbeat, event }.into()
            );
        }
        Err(Unanswered::Interrupted(interruption)) => return Err(interruption.into()),
    };
    let failed = || resource.failed(failure.error.as_deref(), failure.cause.as_deref());
    let event = execution.record_event(frame.last, failed)?;
    Err(Failure { event, ..failure }.into())
}

/// The region of an ARN.
fn region(arn: &str) -> &str {
    arn.split(':').nth(3).unwrap_or_default()
}
