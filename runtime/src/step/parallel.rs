use super::branches::{self, Running};
use super::{Done, Worked};
use crate::error::{Fault, Interruption};
use crate::execution::{Frame, Seen, Turn};
use crate::history::EventType;
use crate::program::Parallel;
use crate::test_state::InspectionData;
use crate::value::Value;

/// Runs all branches at the same time, each on the same input; the first failure ends them all.
pub(super) async fn attempt(turn: &Turn<'_>, frame: &mut Frame, parallel: &Parallel) -> Worked {
    let execution = turn.execution;
    let input = turn.eval(frame, Seen::default(), |view| turn.state.io.payload(view))?;
    frame.last = execution.record(frame.last, EventType::ParallelStateStarted, || None)?;

    if let Some(stand_in) = turn.stand_in() {
        turn.show(InspectionData::hide_filtered_input);
        let result = stand_in.answer(frame.last)?;
        return finish(turn, frame, &result);
    }

    let mut running = Running::new(execution, frame);
    for (index, start) in parallel.branches.iter().enumerate() {
        let branch = frame.inner(frame.last, input.clone(), None, parallel.branches.len() > 1);
        running.start(index, None, branch, *start);
    }

    let mut outputs = vec![Value::Null; parallel.branches.len()];
    while let Some(end) = running.next().await {
        frame.last = end.last;
        match end.result {
            Ok(output) => *outputs.get_mut(end.index).ok_or_else(|| Fault::Bug("no such branch".to_owned()))? = output,
            Err(interruption) => {
                drop(running);
                if let Interruption::Failed(failure) = &interruption {
                    branches::record_aborts(execution, frame.progress.as_deref(), None, failure)?;
                }
                return Err(interruption.into());
            }
        }
    }

    // The exit follows from the last event of a branch, beside this one.
    execution.record(frame.last, EventType::ParallelStateSucceeded, || None)?;
    finish(turn, frame, &Value::array(outputs))
}

fn finish(turn: &Turn<'_>, frame: &Frame, result: &Value) -> Worked {
    let seen = Seen { result: Some(result), ..Seen::default() };
    let exit = turn.eval(frame, seen, |view| turn.state.io.exit(view))?;
    Ok(Done { exit, next: turn.state.next })
}
