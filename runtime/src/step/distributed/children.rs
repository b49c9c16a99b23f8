//! The child executions of a Map Run.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use super::map_run::MapRun;
use super::tolerance::Tolerance;
use crate::conclusion::{ExecutionResult, ExecutionStatus, conclude_child};
use crate::context_object::Identity;
use crate::error::Fault;
use crate::execution::Execution;
use crate::program::StateId;
use crate::task_handler::BoxFuture;
use crate::value::Value;

/// A child execution that has ended.
pub(super) struct Child {
    pub(super) identity: Arc<Identity>,
    pub(super) input: Value,
    pub(super) result: ExecutionResult,
}

/// What has come of the child executions.
pub(super) enum Children {
    /// All have ended, in the order of their inputs.
    Ended(Vec<Child>),
    /// Too many have failed; the others were stopped.
    TooManyFailed,
}

/// Runs a child execution for each input, as many at the same time as allowed.
pub(super) async fn run(
    parent: &Execution,
    map_run: &MapRun,
    processor: StateId,
    inputs: Vec<Value>,
    width: usize,
    tolerance: &Tolerance,
) -> Result<Children, Fault> {
    let total = inputs.len();
    let mut waiting = inputs.into_iter().enumerate();
    let mut running = FuturesUnordered::new();
    let start = |(index, input)| {
        let identity = Arc::new(map_run.child(&parent.origin.identity(), &parent.random));
        start(parent, index, identity, processor, input)
    };
    running.extend(waiting.by_ref().take(width).map(start));
    let (mut ended, mut failed) = (Vec::with_capacity(total), 0);
    while let Some((index, child)) = running.next().await {
        let child = child?;
        failed += usize::from(child.result.status != ExecutionStatus::Succeeded);
        if tolerance.is_breached(failed, total) {
            return Ok(Children::TooManyFailed);
        }
        ended.push((index, child));
        running.extend(waiting.next().map(start));
    }
    ended.sort_by_key(|(index, _)| *index);
    Ok(Children::Ended(ended.into_iter().map(|(_, child)| child).collect()))
}

/// Starts a child execution: boxed, as it may have children of its own.
fn start(
    parent: &Execution,
    index: usize,
    identity: Arc<Identity>,
    processor: StateId,
    input: Value,
) -> BoxFuture<'_, (usize, Result<Child, Fault>)> {
    Box::pin(async move {
        let execution = parent.child(Arc::clone(&identity), input.clone());
        let result = conclude_child(&execution, processor).await;
        parent.transitions.fetch_add(execution.transitions.load(Ordering::Relaxed), Ordering::Relaxed);
        (index, result.map(|result| Child { identity, input, result }))
    })
}
