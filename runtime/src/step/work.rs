//! Work that may fail, be tried again and be caught: what Task, Parallel and Map states share.

use super::{Done, Worked, map, parallel, task};
use crate::error::{Failure, Fault, Interruption};
use crate::execution::{Frame, Seen, Turn};
use crate::program::{ErrorPolicy, Kind};
use crate::retry::Attempts;
use crate::value::Value;

/// Tries until an attempt succeeds or its failure is not to be tried again, which a catcher may handle.
pub(super) async fn with_policy(turn: &mut Turn<'_>, frame: &mut Frame) -> Worked {
    let Some(policy) = turn.state.kind.policy() else {
        return Err(Fault::Bug(format!("the state '{}' cannot be tried", turn.state.name)).into());
    };
    let mut attempts = Attempts::default();
    loop {
        let error = match attempt(turn, frame).await {
            Ok(done) => return Ok(done),
            Err(error) => error,
        };
        let failure = match turn.interruption(frame, error) {
            Interruption::Failed(failure) => failure,
            ending @ (Interruption::Ended(_) | Interruption::Fault(_)) => return Err(ending.into()),
        };
        frame.last = failure.event;
        match attempts.after(&policy.retriers, &failure, &turn.execution.random) {
            Some(delay) => turn.execution.clock.sleep(delay).await,
            None => return give_up(turn, frame, policy, failure),
        }
        turn.retry_count = turn.retry_count.map(|count| count + 1);
    }
}

pub(super) async fn attempt(turn: &mut Turn<'_>, frame: &mut Frame) -> Worked {
    if let Some(progress) = &frame.progress {
        progress.set_open(turn.state.kind.aborted_event());
    }
    match &turn.state.kind {
        Kind::Task(task) => task::attempt(turn, frame, task).await,
        Kind::Parallel(parallel) => parallel::attempt(turn, frame, parallel).await,
        Kind::Map(map) => map::attempt(turn, frame, map).await,
        Kind::Pass | Kind::Wait(_) | Kind::Choice(_) | Kind::Succeed | Kind::Fail(_) => {
            Err(Fault::Bug(format!("the state '{}' has no attempts", turn.state.name)).into())
        }
    }
}

/// Goes where the first catcher for the failure leads; without one the state has failed.
pub(super) fn give_up(turn: &Turn<'_>, frame: &mut Frame, policy: &ErrorPolicy, failure: Failure) -> Worked {
    if let Some(event_type) = turn.state.kind.failed_event() {
        frame.last = turn.execution.record(failure.event, event_type, || None)?;
    }
    let mut catchers = policy.catchers.iter().enumerate();
    let Some((index, catcher)) = catchers.find(|(_, catcher)| catcher.errors.contain(&failure)) else {
        return Err(Failure { event: frame.last, ..failure }.into());
    };
    turn.show(|seen| seen.error_details.get_or_insert_default().catch_index = Some(index));
    let text = |text: &Option<String>| Value::string(text.as_deref().unwrap_or_default());
    let error_output = Value::record([("Error", text(&failure.error)), ("Cause", text(&failure.cause))]);
    let seen = Seen { error_output: Some(&error_output), ..Seen::default() };
    let exit = turn.eval(frame, seen, |view| catcher.io.exit(view))?;
    Ok(Done { exit, next: Some(catcher.next) })
}
