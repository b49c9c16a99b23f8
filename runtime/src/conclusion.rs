//! An execution as a whole: its start, its end, and what is left of it.

use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use futures_util::future::{Either, select};
use serde_json::Value as Json;
use stepwright_asl::error_name;

use crate::context_object::Identity;
use crate::error::{Ending, Failure, Fault, Interruption};
use crate::execution::{Execution, Frame};
use crate::history::{Details, EventId, EventType, HistoryEvent};
use crate::interpreter::run_states;
use crate::program::StateId;
use crate::stop::{Reason, Stop};
use crate::task_handler::BoxFuture;
use crate::value::Value;

/// How an execution ended.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ExecutionResult {
    /// The final status.
    pub status: ExecutionStatus,
    /// The output, if it succeeded.
    pub output: Option<Json>,
    /// The error name, if it failed with one.
    pub error: Option<String>,
    /// The cause, if it failed with one.
    pub cause: Option<String>,
    /// The events, if they were kept.
    pub history: Vec<HistoryEvent>,
    /// How many states were entered, at all levels: what the service charges for, but for retries.
    pub transitions: usize,
    /// When it started, by its clock.
    pub started_at: DateTime<Utc>,
    /// When it ended, by its clock.
    pub stopped_at: DateTime<Utc>,
    /// The executions that this one started, directly or through others, in the order of their start.
    ///
    /// Only the first execution of a run lists them, with all of them at their end: those that nobody waited for as well.
    pub nested: Vec<NestedExecution>,
}

impl ExecutionResult {
    /// The error and the cause as `DescribeExecution` gives them: of an execution that took too long, none.
    pub(crate) fn described_error(&self) -> [(&'static str, Option<&String>); 2] {
        let is_described = self.status != ExecutionStatus::TimedOut;
        [("Cause", &self.cause), ("Error", &self.error)]
            .map(|(name, text)| (name, text.as_ref().filter(|_| is_described)))
    }
}

/// An execution that another one has started.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct NestedExecution {
    /// Who it was.
    pub identity: Identity,
    /// What it was given.
    pub input: Json,
    /// What has come of it.
    pub result: ExecutionResult,
}

/// The final status of an execution, by the service's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExecutionStatus {
    /// It came to a good end.
    Succeeded,
    /// An error was not caught.
    Failed,
    /// It took longer than the machine's `TimeoutSeconds`, or than express executions may.
    TimedOut,
    /// It was stopped from outside.
    Aborted,
}

impl ExecutionStatus {
    /// The service's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ExecutionStatus::Succeeded => "SUCCEEDED",
            ExecutionStatus::Failed => "FAILED",
            ExecutionStatus::TimedOut => "TIMED_OUT",
            ExecutionStatus::Aborted => "ABORTED",
        }
    }
}

impl std::fmt::Display for ExecutionStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Runs the execution of the whole machine, unless something ends it from outside.
pub(crate) fn conclude_whole(execution: &Execution) -> BoxFuture<'_, Result<ExecutionResult, Fault>> {
    let machine = execution.settings.program.machine();
    conclude_unless(execution, machine.start, machine.timeout, execution.settings.stop.as_ref())
}

/// Runs a child execution, which begins at the given state of its parent's machine.
pub(crate) fn conclude_child(execution: &Execution, start: StateId) -> BoxFuture<'_, Result<ExecutionResult, Fault>> {
    conclude_unless(execution, start, None, None)
}

/// Runs an execution from the given state, unless time is up or somebody stops it.
///
/// Most executions can end in no other way than by their states, and hold nothing for it.
fn conclude_unless<'e>(
    execution: &'e Execution,
    start: StateId,
    timeout: Option<Duration>,
    stop: Option<&'e Stop>,
) -> BoxFuture<'e, Result<ExecutionResult, Fault>> {
    let states = Box::pin(conclude(execution, start));
    let longest = execution.origin.is_express().then(|| Duration::from_secs(execution.settings.limits.express_seconds));
    let timeout = timeout.into_iter().chain(longest).min();
    if timeout.is_none() && stop.is_none() {
        return states;
    }
    let ended_early = Box::pin(ended_early(execution, timeout, stop));
    Box::pin(select(states, ended_early).map(|ended| match ended {
        Either::Left((result, _)) => result,
        Either::Right((ending, _)) => Ok(finish(execution, 0, Err(ending))),
    }))
}

/// Runs an execution from the given state and tells of its start and end.
async fn conclude(execution: &Execution, start: StateId) -> Result<ExecutionResult, Fault> {
    let mut frame = Frame::outermost(execution.journal.is_kept(), execution.origin.input.clone());
    record_start(execution);
    let ending = match run_states(execution, &mut frame, start).await {
        Ok(output) => Ok(output),
        Err(Interruption::Failed(Failure { error, cause, event, .. })) => {
            Err(Ending::Failed { error, cause, previous: event })
        }
        Err(Interruption::Ended(ending)) => Err(ending),
        Err(Interruption::Fault(fault)) => return Err(fault),
    };
    Ok(finish(execution, frame.last, ending))
}

fn record_start(execution: &Execution) {
    let origin = &execution.origin;
    let details = || Details::new().input(&origin.input).text("roleArn", &origin.identity().role_arn);
    // Nothing follows from this event: the first state's entry has no previous one either.
    execution.journal.record_end_point(&execution.clock, 0, || (EventType::ExecutionStarted, Some(details())));
}

/// Waits for what ends an execution from outside: its time is up, or somebody stops it.
async fn ended_early(execution: &Execution, timeout: Option<Duration>, stop: Option<&Stop>) -> Ending {
    let timed_out = async {
        match timeout {
            Some(timeout) => execution.clock.sleep(timeout).await,
            None => std::future::pending().await,
        }
    };
    let stopped = async {
        match stop {
            Some(stop) => stop.requested().await,
            None => std::future::pending().await,
        }
    };
    match select(std::pin::pin!(timed_out), std::pin::pin!(stopped)).await {
        Either::Left(((), _)) => Ending::TimedOut,
        Either::Right((Reason { error, cause }, _)) => Ending::Aborted { error, cause },
    }
}

fn finish(execution: &Execution, last: EventId, ending: Result<Value, Ending>) -> ExecutionResult {
    let record = |previous, event_type, details| {
        execution.journal.record_end_point(&execution.clock, previous, || (event_type, Some(details)));
    };
    let (status, output, error, cause) = match ending {
        Ok(output) => {
            record(last, EventType::ExecutionSucceeded, Details::new().output(&output));
            (ExecutionStatus::Succeeded, Some(output.to_json()), None, None)
        }
        Err(Ending::Failed { error, cause, previous }) => {
            record(previous, EventType::ExecutionFailed, Details::error(error.as_deref(), cause.as_deref()));
            (ExecutionStatus::Failed, None, error, cause)
        }
        Err(Ending::TimedOut) => {
            let error = Some(error_name::TIMEOUT.to_owned());
            record(0, EventType::ExecutionTimedOut, Details::error(error.as_deref(), None));
            (ExecutionStatus::TimedOut, None, error, None)
        }
        Err(Ending::Aborted { error, cause }) => {
            record(0, EventType::ExecutionAborted, Details::error(error.as_deref(), cause.as_deref()));
            (ExecutionStatus::Aborted, None, error, cause)
        }
    };
    let transitions = execution.transitions.load(Ordering::Relaxed);
    let (history, stopped_at) = (execution.journal.take(), execution.clock.now());
    ExecutionResult {
        status,
        output,
        error,
        cause,
        history,
        transitions,
        started_at: execution.origin.started_at,
        stopped_at,
        nested: Vec::new(),
    }
}
