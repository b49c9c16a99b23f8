//! The call of a Task state, until its answer is there.
//!
//! Many executions wait here at the same time: what makes a call is plain functions, and the futures hold only what it takes to wait.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use futures_util::future::{Either, pending, select};
use stepwright_asl::error_name;

use super::task::Settings;
use crate::activities::{Activities, Scheduled};
use crate::clock::{Clock, Hold};
use crate::error::{Fault, Interruption};
use crate::execution::{Execution, Frame, Turn};
use crate::program::Task;
use crate::resource::Resource;
use crate::service::{self, Submission};
use crate::task_handler::{TaskFailure, TaskRequest};
use crate::task_token::{OpenToken, Signal};
use crate::value::{DEEPEST, Value, is_too_deep};

/// How a call can end other than by its answer.
pub(super) enum Unanswered {
    Failed(TaskFailure),
    TimedOut { is_heartbeat: bool },
    Interrupted(Interruption),
}

impl From<TaskFailure> for Unanswered {
    fn from(failure: TaskFailure) -> Self {
        Unanswered::Failed(failure)
    }
}

impl From<Interruption> for Unanswered {
    fn from(interruption: Interruption) -> Self {
        Unanswered::Interrupted(interruption)
    }
}

/// Makes the call; the future gives its answer.
pub(super) fn call<'a>(
    turn: &'a Turn<'_>,
    frame: &'a mut Frame,
    task: &'a Task,
    settings: Settings,
) -> Result<impl Future<Output = Result<Value, Unanswered>> + Send + use<'a>, Fault> {
    let activities = turn.execution.settings.activities.as_ref();
    Ok(match task.resource.activity().zip(activities) {
        Some((arn, activities)) => Either::Left(worker(turn.execution, frame, activities, arn, task, &settings)),
        None => Either::Right(integration(turn, frame, task, settings)?),
    })
}

/// The answer of the worker that takes the task of an activity.
fn worker<'a>(
    execution: &'a Execution,
    frame: &'a mut Frame,
    activities: &Activities,
    activity: &str,
    task: &'a Task,
    settings: &Settings,
) -> impl Future<Output = Result<Value, Unanswered>> + Send + use<'a> {
    let limits = TimeLimits::start(execution, settings);
    let token: Arc<str> = Arc::from(execution.random.uuid().to_string());
    let tokens = execution.settings.tokens.clone();
    let open = tokens.open(Arc::clone(&token));
    let (input, clock) = (settings.arguments.clone(), execution.clock.clone());
    activities.schedule(activity, Scheduled { token, tokens, input, clock, hold: Hold::default() });
    async move {
        let worker = limits.within(open.taken()).await?;
        frame.last = limits.execution.record_event(frame.last, move || task.resource.started(worker.as_deref()))?;
        limits.answer_by_token(&open).await
    }
}

/// The answer of the handler or of the interpreter itself, or that of whoever got the token from it.
fn integration<'a>(
    turn: &'a Turn<'_>,
    frame: &'a mut Frame,
    task: &'a Task,
    settings: Settings,
) -> Result<impl Future<Output = Result<Value, Unanswered>> + Send + use<'a>, Fault> {
    let execution = turn.execution;
    let limits = TimeLimits::start(execution, &settings);
    let token = turn.token.as_ref().map(|token| execution.settings.tokens.open(Arc::clone(token)));
    let submitting = submit(turn, task, settings)?;
    Ok(async move {
        let Submission { answer, job } = limits.within(submitting).await??;
        let answer = record_submission(limits.execution, frame, &task.resource, answer)?;
        if let Some(job) = job {
            return Ok(value_of(limits.within(job).await??)?);
        }
        let Some(token) = &token else { return Ok(answer) };
        // The wait may be long: what the submission gave is not held meanwhile.
        drop(answer);
        limits.answer_by_token(token).await
    })
}

/// Makes the call: the interpreter itself answers it, or the task handler does.
fn submit<'a>(
    turn: &Turn<'a>,
    task: &Task,
    settings: Settings,
) -> Result<impl Future<Output = Result<Submission, TaskFailure>> + Send + Unpin + use<'a>, Fault> {
    let execution = turn.execution;
    let (clock, hold) = execution.clock.hold();
    let request = request(turn, task, settings, clock);
    let handler = execution.settings.handler.as_ref();
    let call = task.resource.call().filter(|(api, _)| service::is_answered(*api, &execution.settings));
    if let Some(call) = call.filter(|_| !handler.is_some_and(|handler| handler.claims(&request))) {
        // What it takes is counted by the clock, unlike the work of a handler.
        drop(hold);
        return Ok(Either::Left(service::submit(execution, call, request)));
    }
    let Some(handler) = handler else {
        return Err(Fault::Unsupported(format!("the resource {} without a task handler", task.resource.arn)));
    };
    Ok(Either::Right(handler.call(request).map(move |answer| {
        drop(hold);
        answer.map(Submission::from)
    })))
}

fn request(turn: &Turn<'_>, task: &Task, settings: Settings, clock: Clock) -> TaskRequest {
    TaskRequest {
        resource: task.resource.arn.clone(),
        arguments: settings.arguments.to_json(),
        state_name: turn.state.name.to_string(),
        retry_count: turn.retry_count.unwrap_or_default(),
        timeout: settings.timeout.map(Duration::from_secs),
        heartbeat: settings.heartbeat.map(Duration::from_secs),
        task_token: turn.token.as_deref().map(str::to_owned),
        role_arn: settings.role_arn,
        execution_id: turn.execution.origin.identity().execution_id.clone(),
        clock,
        tokens: turn.execution.settings.tokens.clone(),
    }
}

/// Tells of the first answer to a call that goes on after it.
fn record_submission(
    execution: &Execution,
    frame: &mut Frame,
    resource: &Resource,
    answer: serde_json::Value,
) -> Result<Value, Unanswered> {
    let answer = value_of(answer)?;
    if let Some(submitted) = resource.submitted(&answer) {
        frame.last = execution.record_event(frame.last, || submitted)?;
    }
    Ok(answer)
}

/// The value of an answer, unless it is one that no JSON reader would take.
fn value_of(answer: serde_json::Value) -> Result<Value, TaskFailure> {
    if is_too_deep(&answer) {
        let cause = format!("The result is nested more than {DEEPEST} levels deep.");
        return Err(TaskFailure::new(error_name::DATA_LIMIT_EXCEEDED, cause));
    }
    Ok(Value::from(answer))
}

/// The times by which a call has to be heard of.
struct TimeLimits<'a> {
    execution: &'a Execution,
    end: Option<DateTime<Utc>>,
    heartbeat: Option<Duration>,
}

impl<'a> TimeLimits<'a> {
    /// The limits of a call that is made now.
    fn start(execution: &'a Execution, settings: &Settings) -> TimeLimits<'a> {
        let end = settings.timeout.map(|seconds| execution.clock.after(Duration::from_secs(seconds)));
        TimeLimits { execution, end, heartbeat: settings.heartbeat.map(Duration::from_secs) }
    }

    /// What comes of the future until the time of the whole call is up.
    fn within<F: Future + Unpin>(&self, future: F) -> impl Future<Output = Result<F::Output, Unanswered>> + use<'a, F> {
        self.before(self.end, future).map(|output| output.ok_or(Unanswered::TimedOut { is_heartbeat: false }))
    }

    /// The answer that comes by the token, as long as there are heartbeats.
    async fn answer_by_token(&self, token: &OpenToken) -> Result<Value, Unanswered> {
        let mut heartbeats = 0;
        loop {
            let missed = self.heartbeat.map(|heartbeat| self.execution.clock.after(heartbeat));
            let is_heartbeat = missed.is_some_and(|missed| self.end.is_none_or(|end| missed <= end));
            let end = if is_heartbeat { missed } else { self.end };
            match self.before(end, token.signal(heartbeats)).await {
                Some(Signal::Answered(answer)) => return Ok(value_of(answer?)?),
                Some(Signal::Alive(count)) => heartbeats = count,
                None => return Err(Unanswered::TimedOut { is_heartbeat }),
            }
        }
    }

    /// What the future gives, unless a point in time comes first.
    fn before<F: Future + Unpin>(
        &self,
        end: Option<DateTime<Utc>>,
        future: F,
    ) -> impl Future<Output = Option<F::Output>> + use<'a, F> {
        let timer = match end {
            Some(end) => Either::Left(self.execution.clock.timer(end)),
            None => Either::Right(pending()),
        };
        select(future, timer).map(|first| match first {
            Either::Left((output, _)) => Some(output),
            Either::Right(((), _)) => None,
        })
    }
}
