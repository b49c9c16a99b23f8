//! One state by itself, tried once: what a test of it is about.

use super::{Done, Outcome, Worked, leave, prepare, work};
use crate::error::{Ending, Failure, Fault, Interruption, StepError};
use crate::execution::{Execution, Frame, Turn};
use crate::program::{ErrorPolicy, StateId};
use crate::retry::Retrier;

/// What came of the state.
#[derive(Debug)]
pub(crate) enum Tested {
    Succeeded(Outcome),
    Caught(Failure, Outcome),
    /// It would be tried again.
    Retriable(Failure),
    Failed(Failure),
}

/// Does the work of a state as [`step`](super::step) does it, but for the retries: `retries` were made before, and a further one is
/// only told of.
pub(crate) async fn test(execution: &Execution, frame: &mut Frame, id: StateId, retries: u64) -> Result<Tested, Fault> {
    let mut turn = match Turn::enter(execution, frame, id) {
        Ok(turn) => turn,
        Err(interruption) => return failure_of(interruption.into()).map(Tested::Failed),
    };
    let failure = match attempt(&mut turn, frame).await.and_then(|done| Ok(leave(&turn, frame, done)?)) {
        Ok(outcome) => return Ok(Tested::Succeeded(outcome)),
        Err(error) => failure_of(error)?,
    };
    match turn.state.kind.policy() {
        Some(policy) => handle(&turn, frame, policy, failure, retries),
        None => Ok(Tested::Failed(failure)),
    }
}

async fn attempt(turn: &mut Turn<'_>, frame: &mut Frame) -> Worked {
    if turn.state.kind.policy().is_none() {
        return super::work(turn, frame).await;
    }
    prepare(turn, frame)?;
    work::attempt(turn, frame).await
}

fn handle(
    turn: &Turn<'_>,
    frame: &mut Frame,
    policy: &ErrorPolicy,
    failure: Failure,
    retries: u64,
) -> Result<Tested, Fault> {
    if let Some((index, retrier)) = Retrier::of(&policy.retriers, &failure) {
        let delay = retrier.delay_after(retries, &turn.execution.random);
        turn.show(|seen| {
            let details = seen.error_details.get_or_insert_default();
            details.retry_index = Some(index);
            details.retry_backoff_interval_seconds = delay.map(|delay| delay.as_secs());
        });
        if delay.is_some() {
            return Ok(Tested::Retriable(failure));
        }
    }
    let left = |frame: &mut Frame, done: Done| Ok(leave(turn, frame, done)?);
    match work::give_up(turn, frame, policy, failure.clone()).and_then(|done| left(frame, done)) {
        Ok(outcome) => Ok(Tested::Caught(failure, outcome)),
        Err(error) => failure_of(error).map(Tested::Failed),
    }
}

/// The failure that an error is. There is no event to name in its cause, so the cause is the bare one.
fn failure_of(error: StepError) -> Result<Failure, Fault> {
    let (error, cause) = match error {
        StepError::Evaluation(error) => (Some(error.error.to_owned()), Some(error.cause)),
        StepError::Interrupted(Interruption::Failed(failure)) => return Ok(failure),
        StepError::Interrupted(Interruption::Fault(fault)) => return Err(fault),
        StepError::Interrupted(Interruption::Ended(ending)) => match ending {
            Ending::Failed { error, cause, .. } | Ending::Aborted { error, cause } => (error, cause),
            Ending::TimedOut => (Some(stepwright_asl::error_name::TIMEOUT.to_owned()), None),
        },
    };
    Ok(Failure { error, cause, is_heartbeat: false, event: 0 })
}
