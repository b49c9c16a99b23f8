//! What runs inside Parallel and Map states.

use std::sync::Arc;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use crate::driver;
use crate::error::{Failure, Interruption};
use crate::execution::{Execution, Frame, Inner, Progress};
use crate::history::{Details, EventId, EventType};
use crate::interpreter::run_states;
use crate::program::StateId;
use crate::task_handler::BoxFuture;
use crate::value::Value;

/// Branches or iterations that run at the same time.
pub(super) struct Running<'a> {
    execution: &'a Execution,
    /// How far the sequence around them has come.
    progress: Option<Arc<Progress>>,
    ends: FuturesUnordered<BoxFuture<'a, End>>,
}

/// How a branch or an iteration has ended.
pub(super) struct End {
    pub(super) index: usize,
    pub(super) result: Result<Value, Interruption>,
    /// Its last event.
    pub(super) last: EventId,
}

impl<'a> Running<'a> {
    /// None yet, inside the state that is open in the sequence `around`.
    pub(super) fn new(execution: &'a Execution, around: &Frame) -> Running<'a> {
        Running { execution, progress: around.progress.clone(), ends: FuturesUnordered::new() }
    }

    /// Starts the sequence with the given index; an iteration comes with the name of its Map state.
    pub(super) fn start(&mut self, index: usize, map: Option<&Arc<str>>, frame: Frame, start: StateId) {
        if let (Some(around), Some(inner)) = (&self.progress, &frame.progress) {
            around.begin_inner(index, Inner { map: map.map(Arc::clone), progress: Arc::clone(inner) });
        }
        self.ends.push(Box::pin(run(self.execution, index, frame, start)));
    }

    /// Waits until one of them ends; `None` when none is left.
    pub(super) async fn next(&mut self) -> Option<End> {
        let end = self.ends.next().await?;
        if let (Some(around), Ok(_)) = (&self.progress, &end.result) {
            around.end_inner(end.index);
        }
        Some(end)
    }
}

async fn run(execution: &Execution, index: usize, mut frame: Frame, start: StateId) -> End {
    let result = run_states(execution, &mut frame, start).await;
    if result.is_err() && frame.is_concurrent {
        // What the others do at the same instant still happens.
        driver::give_way().await;
    }
    End { index, result, last: frame.last }
}

/// Tells, after the failure of one sequence inside a state, that the open ones have ended by force.
///
/// The failing sequence is the one with the index `failed`; of the others, iterations are told of themselves as well.
pub(super) fn record_aborts(
    execution: &Execution,
    progress: Option<&Progress>,
    failed: Option<usize>,
    failure: &Failure,
) -> Result<(), Interruption> {
    for (index, Inner { map, progress }) in progress.map(Progress::inner).unwrap_or_default() {
        if let Some(name) = map.filter(|_| failed != Some(index)) {
            execution
                .record(failure.event, EventType::MapIterationAborted, || Some(iteration_details(&name, index)))?;
        }
        record_aborts(execution, Some(&progress), None, failure)?;
        if let Some(aborted) = progress.aborted() {
            execution.record(failure.event, aborted, || None)?;
        }
    }
    Ok(())
}

pub(super) fn iteration_details(map: &str, index: usize) -> Details {
    Details::new().text("name", map).number("index", index as u64)
}
