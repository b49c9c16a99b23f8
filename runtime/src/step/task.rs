use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, select};
use stepwright_asl::error_name;

use super::task_events::Call;
use super::{Done, Worked, too_large};
use crate::activities::{Activities, Scheduled};
use crate::clock::Clock;
use crate::driver;
use crate::error::{EvaluationError, Failure, Fault, Interruption, StepError};
use crate::execution::{Execution, Frame, Seen, Turn};
use crate::history::EventType;
use crate::history::{Details, EventId};
use crate::program::Task;
use crate::query::View;
use crate::service::{self, Submission};
use crate::task_handler::{TaskFailure, TaskRequest};
use crate::task_token::{OpenToken, Signal};
use crate::value::{DEEPEST, Value, is_too_deep};

/// Calls the resource once.
pub(super) async fn attempt(turn: &mut Turn<'_>, frame: &mut Frame, task: &Task) -> Worked {
    turn.token = task.resource.waits_for_token().then(|| Arc::from(turn.execution.random.uuid()));
    let settings = turn.eval(frame, Seen::default(), |view| Settings::eval(turn, task, view))?;
    if let Some((arn, activities)) = task.resource.activity().zip(turn.execution.settings.activities.as_ref())
        && !activities.exists(arn)
    {
        return Err(EvaluationError::runtime(format!("The activity {arn} does not exist.")).into());
    }
    let result = perform(turn, frame, task, settings).await?;
    turn.show(|seen| seen.result = Some(result.to_json()));
    let seen = Seen { result: Some(&result), ..Seen::default() };
    let exit = turn.eval(frame, seen, |view| turn.state.io.exit(view))?;
    Ok(Done { exit, next: turn.state.next })
}

/// The evaluated fields of a Task state.
struct Settings {
    arguments: Value,
    timeout: Option<u64>,
    heartbeat: Option<u64>,
    role_arn: Option<String>,
}

impl Settings {
    fn eval(turn: &Turn<'_>, task: &Task, view: &View<'_>) -> Result<Settings, EvaluationError> {
        let credentials = task.credentials.as_ref().map(|credentials| credentials.eval(view)).transpose()?;
        let role_arn = credentials.and_then(|value| Some(value.as_fields()?.get("RoleArn")?.as_str()?.to_owned()));
        Ok(Settings {
            timeout: task.timeout.as_ref().map(|timeout| timeout.eval(view)).transpose()?,
            heartbeat: task.heartbeat.as_ref().map(|heartbeat| heartbeat.eval(view)).transpose()?,
            role_arn,
            arguments: turn.state.io.payload(view)?,
        })
    }
}

/// How a call can end other than by its answer.
enum Broken {
    Failed(TaskFailure),
    TimedOut { is_heartbeat: bool },
}

/// Makes the call and tells of it.
async fn perform(turn: &Turn<'_>, frame: &mut Frame, task: &Task, settings: Settings) -> Result<Value, StepError> {
    let execution = turn.execution;
    let call = Call {
        resource: &task.resource,
        arguments: &settings.arguments,
        region: region(&execution.origin.identity().state_machine_id),
        timeout: settings.timeout,
        heartbeat: settings.heartbeat,
        role_arn: settings.role_arn.as_deref(),
    };
    let record = |previous: EventId, (event_type, details): (EventType, Option<Details>)| {
        execution.record(previous, event_type, || details)
    };
    frame.last = record(frame.last, call.scheduled())?;
    if frame.is_concurrent && execution.journal.is_kept() {
        driver::give_way().await;
    }
    let activity = task.resource.activity().zip(execution.settings.activities.as_ref());
    if activity.is_none() {
        frame.last = record(frame.last, call.started(None))?;
    }

    let timeout = settings.timeout.map(Duration::from_secs);
    let result = {
        let work = match activity {
            Some((arn, activities)) => Either::Left(worker(turn, frame, activities, arn, &call, &settings)),
            None => Either::Right(answer(turn, frame, task, &call, &settings)),
        };
        let result = within(&execution.clock, timeout, pin!(work)).await;
        result.unwrap_or(Ok(Err(Broken::TimedOut { is_heartbeat: false })))?
    };
    match result {
        Ok(output) if output.json_len() <= execution.settings.limits.payload_bytes => {
            frame.last = record(frame.last, call.succeeded(&output))?;
            Ok(output)
        }
        Ok(_) => {
            let failure = too_large(task.resource.limit_name(), frame.last);
            let event = record(frame.last, call.failed(failure.error.as_deref(), failure.cause.as_deref()))?;
            Err(Failure { event, ..failure }.into())
        }
        Err(Broken::Failed(failure)) => {
            let TaskFailure { error, cause } = failure.within_limits();
            let event = record(frame.last, call.failed(error.as_deref(), cause.as_deref()))?;
            Err(Failure { error, cause, is_heartbeat: false, event }.into())
        }
        Err(Broken::TimedOut { is_heartbeat }) => {
            let event = record(frame.last, call.timed_out())?;
            Err(Failure { error: Some(error_name::TIMEOUT.to_owned()), cause: None, is_heartbeat, event }.into())
        }
    }
}

/// The answer of the worker that takes the task of an activity.
async fn worker(
    turn: &Turn<'_>,
    frame: &mut Frame,
    activities: &Activities,
    activity: &str,
    call: &Call<'_>,
    settings: &Settings,
) -> Result<Result<Value, Broken>, Interruption> {
    let execution = turn.execution;
    let token: Arc<str> = Arc::from(execution.random.uuid());
    let tokens = execution.settings.tokens.clone();
    let open = tokens.open(&token);
    let (input, clock) = (settings.arguments.to_json(), execution.clock.clone());
    activities.schedule(activity, Scheduled { token, tokens, input, clock, hold: None });
    let (started, details) = call.started(open.taken().await.as_deref());
    frame.last = execution.record(frame.last, started, || details)?;
    Ok(Box::pin(wait_for_token(execution, &open, settings.heartbeat.map(Duration::from_secs))).await)
}

/// The call's answer: the handler's, or that of whoever got the token from it.
async fn answer(
    turn: &Turn<'_>,
    frame: &mut Frame,
    task: &Task,
    call: &Call<'_>,
    settings: &Settings,
) -> Result<Result<Value, Broken>, Interruption> {
    let token = turn.token.as_ref().map(|token| turn.execution.settings.tokens.open(token));
    let Submission { answer, job } = match submit(turn, task, settings).await? {
        Ok(submission) => submission,
        Err(failure) => return Ok(Err(Broken::Failed(failure))),
    };
    let answer = match value_of(answer) {
        Ok(value) => value,
        Err(broken) => return Ok(Err(broken)),
    };
    if let Some((event_type, details)) = call.submitted(&answer) {
        frame.last = turn.execution.record(frame.last, event_type, || details)?;
    }
    if let Some(job) = job {
        return Ok(job.ended().await.map_err(Broken::Failed).and_then(value_of));
    }
    let Some(token) = token else { return Ok(Ok(answer)) };
    let heartbeat = settings.heartbeat.map(Duration::from_secs);
    Ok(Box::pin(wait_for_token(turn.execution, &token, heartbeat)).await)
}

/// Makes the call: the interpreter itself answers it, or the task handler does.
async fn submit(turn: &Turn<'_>, task: &Task, settings: &Settings) -> Result<Result<Submission, TaskFailure>, Fault> {
    let execution = turn.execution;
    let (clock, hold) = execution.clock.hold();
    let request = request(turn, task, settings, clock);
    let handler = execution.settings.handler.as_ref();
    let call = task.resource.call().filter(|(api, _)| service::is_answered(*api, &execution.settings));
    if let Some(call) = call.filter(|_| !handler.is_some_and(|handler| handler.claims(&request))) {
        // What it takes is counted by the clock, unlike the work of a handler.
        drop(hold);
        return Ok(Box::pin(service::submit(execution, call, &request)).await);
    }
    match handler {
        Some(handler) => Ok(handler.call(request).await.map(Submission::from)),
        None => Err(Fault::Unsupported(format!("the resource {} without a task handler", task.resource.arn))),
    }
}

fn request(turn: &Turn<'_>, task: &Task, settings: &Settings, clock: Clock) -> TaskRequest {
    TaskRequest {
        resource: task.resource.arn.clone(),
        arguments: settings.arguments.to_json(),
        state_name: turn.state.name.to_string(),
        retry_count: turn.retry_count.unwrap_or_default(),
        timeout: settings.timeout.map(Duration::from_secs),
        heartbeat: settings.heartbeat.map(Duration::from_secs),
        task_token: turn.token.as_deref().map(str::to_owned),
        role_arn: settings.role_arn.clone(),
        execution_id: turn.execution.origin.identity().execution_id.clone(),
        clock,
        tokens: turn.execution.settings.tokens.clone(),
    }
}

/// The value of an answer, unless it is one that no JSON reader would take.
fn value_of(answer: serde_json::Value) -> Result<Value, Broken> {
    if is_too_deep(&answer) {
        let cause = format!("The result is nested more than {DEEPEST} levels deep.");
        return Err(Broken::Failed(TaskFailure::new(error_name::DATA_LIMIT_EXCEEDED, cause)));
    }
    Ok(Value::from(answer))
}

async fn wait_for_token(
    execution: &Execution,
    token: &OpenToken,
    heartbeat: Option<Duration>,
) -> Result<Value, Broken> {
    let mut heartbeats = 0;
    loop {
        match within(&execution.clock, heartbeat, pin!(token.signal(heartbeats))).await {
            Some(Signal::Answered(answer)) => return answer.map_err(Broken::Failed).and_then(value_of),
            Some(Signal::Alive(count)) => heartbeats = count,
            None => return Err(Broken::TimedOut { is_heartbeat: true }),
        }
    }
}

/// What the future gives, unless the time runs out first.
async fn within<F: Future + Unpin>(clock: &Clock, timeout: Option<Duration>, future: F) -> Option<F::Output> {
    let Some(timeout) = timeout else { return Some(future.await) };
    match select(future, Box::pin(clock.sleep(timeout))).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(((), _)) => None,
    }
}

/// The region of an ARN.
fn region(arn: &str) -> &str {
    arn.split(':').nth(3).unwrap_or_default()
}
