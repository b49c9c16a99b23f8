//! The work of one state, one file per state type.

mod branches;
mod choice;
pub(crate) mod distributed;
mod fail;
mod map;
mod parallel;
mod pass;
mod succeed;
mod task;
mod task_call;
mod task_events;
pub(crate) mod tested;
mod wait;
mod work;

use std::sync::Arc;

use stepwright_asl::error_name;

use crate::driver;
use crate::error::{EvaluationError, Failure, Interruption, StepError};
use crate::execution::{Frame, Seen, Turn};
use crate::history::Details;
use crate::io::{Assigned, Exit};
use crate::program::{Kind, StateId};
use crate::value::{DEEPEST, Value};

/// Where a state's work leads.
#[derive(Debug)]
pub(crate) enum Outcome {
    Next(StateId, Value),
    End(Value),
}

/// What the work of a state has come to.
#[derive(Debug)]
struct Done {
    exit: Exit,
    /// Where to go; the end if nowhere.
    next: Option<StateId>,
}

/// Does the work of the state that was entered, and leaves it.
pub(crate) async fn step(turn: &mut Turn<'_>, frame: &mut Frame) -> Result<Outcome, Interruption> {
    if frame.is_concurrent && turn.execution.journal.is_kept() && turn.state.kind.policy().is_none() {
        driver::give_way().await;
    }
    let done = work(turn, frame).await.map_err(|error| turn.interruption(frame, error))?;
    leave(turn, frame, done)
}

/// Selects the part of the input that the state sees.
fn prepare(turn: &mut Turn<'_>, frame: &Frame) -> Result<(), EvaluationError> {
    turn.input = turn.eval(frame, Seen::default(), |view| turn.state.io.effective_input(view))?;
    Ok(())
}

/// Does the work of the state.
///
/// The states that end at once are worked on right here; the others wait in a future of their own, so that
/// an execution holds the memory of just the states it waits in.
async fn work(turn: &mut Turn<'_>, frame: &mut Frame) -> Worked {
    prepare(turn, frame)?;
    match &turn.state.kind {
        Kind::Pass => pass::work(turn, frame),
        Kind::Succeed => succeed::work(turn, frame),
        Kind::Choice(choice) => choice::work(turn, frame, choice),
        Kind::Fail(fail) => fail::work(turn, frame, fail),
        Kind::Wait(wait) => Box::pin(wait::work(turn, frame, wait)).await,
        Kind::Task(_) | Kind::Parallel(_) | Kind::Map(_) => Box::pin(work::with_policy(turn, frame)).await,
    }
}

/// Sets the variables, tells of the exit, and goes on.
fn leave(turn: &Turn<'_>, frame: &mut Frame, done: Done) -> Result<Outcome, Interruption> {
    let Done { exit: Exit { output, assigned }, next } = done;
    let execution = turn.execution;
    let assigned_bytes: usize = assigned.iter().map(|(_, value)| value.json_len()).sum();
    if output.json_len().max(assigned_bytes) > execution.settings.limits.payload_bytes {
        return Err(too_large(&turn.state.name, frame.last).into());
    }
    let (_, exited) = turn.state.kind.events();
    let deepest = assigned.iter().map(|(_, value)| value.depth()).fold(output.depth(), usize::max);
    if deepest > DEEPEST {
        return Err(turn.interruption(frame, too_deep()));
    }
    let details = || {
        let named = assigned.iter().filter_map(|(id, value)| {
            let name = execution.settings.program.machine().variable_name(*id)?;
            Some((Arc::clone(name), value.clone()))
        });
        Some(Details::new().text("name", &turn.state.name).output(&output).assigned(named.collect()))
    };
    frame.last = execution.record(frame.last, exited, details)?;
    assign(turn, frame, assigned)?;
    if let Some(progress) = &frame.progress {
        progress.set_open(None);
    }
    Ok(match next {
        Some(next) => Outcome::Next(next, output),
        None => Outcome::End(output),
    })
}

fn assign(turn: &Turn<'_>, frame: &mut Frame, assigned: Assigned) -> Result<(), Interruption> {
    if assigned.is_empty() {
        return Ok(());
    }
    frame.scope.set(assigned);
    if frame.scope.json_len() > turn.execution.settings.limits.variables_bytes {
        return Err(too_large(&turn.state.name, frame.last).into());
    }
    Ok(())
}

/// The end of an execution whose values are nested beyond all reason.
fn too_deep() -> StepError {
    EvaluationError::runtime(format!("The data is nested more than {DEEPEST} levels deep.")).into()
}

/// The failure of what gave more than the service lets through.
fn too_large(what: &str, event: u64) -> Failure {
    let cause = format!(
        "The state/task '{what}' returned a result with a size exceeding the maximum number of bytes service limit."
    );
    let error = Some(error_name::DATA_LIMIT_EXCEEDED.to_owned());
    Failure { error, cause: Some(cause), is_heartbeat: false, event }
}

/// The result of work that fails with the fields of the state or on the way.
type Worked = Result<Done, StepError>;
