//! The executions that an execution has started: they run beside it, on the same clock.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use serde_json::Value as Json;

use crate::conclusion::{ExecutionResult, NestedExecution, conclude_whole};
use crate::context_object::Identity;
use crate::error::Fault;
use crate::execution::Execution;
use crate::stop::Stop;
use crate::task_handler::BoxFuture;

/// All executions that one has started, directly or through others.
#[derive(Default)]
pub(crate) struct Family(Mutex<Members>);

#[derive(Default)]
struct Members {
    /// In the order in which they were started.
    all: Vec<Member>,
    by_id: HashMap<String, usize>,
    /// Those that nobody has polled yet.
    new: Vec<BoxFuture<'static, Ended>>,
}

type Ended = (usize, Result<ExecutionResult, Fault>);

struct Member {
    identity: Arc<Identity>,
    input: Json,
    stop: Stop,
    result: Option<ExecutionResult>,
    waiting: Vec<Waker>,
}

/// An execution of the family, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MemberId(usize);

impl Family {
    pub(crate) fn len(&self) -> usize {
        self.lock().all.len()
    }

    /// The execution with this ARN, its input, and whether it still runs.
    pub(crate) fn find(&self, id: &str) -> Option<(MemberId, Json, bool)> {
        let members = self.lock();
        let index = *members.by_id.get(id)?;
        let member = members.all.get(index)?;
        Some((MemberId(index), member.input.clone(), member.result.is_none()))
    }

    /// Adds an execution, which runs from now on.
    pub(crate) fn add(&self, identity: Arc<Identity>, input: Json, stop: Stop, execution: Execution) -> MemberId {
        let mut members = self.lock();
        let index = members.all.len();
        members.by_id.insert(identity.execution_id.clone(), index);
        members.all.push(Member { identity, input, stop, result: None, waiting: Vec::new() });
        members.new.push(Box::pin(async move { (index, conclude_whole(&execution).await) }));
        MemberId(index)
    }

    /// Waits for the end of an execution; looks at it as it then is.
    pub(crate) async fn ended<T>(&self, MemberId(index): MemberId, look: impl Fn(&ExecutionResult) -> T) -> T {
        std::future::poll_fn(|context| {
            let mut members = self.lock();
            let Some(member) = members.all.get_mut(index) else { return Poll::Pending };
            if let Some(result) = &member.result {
                return Poll::Ready(look(result));
            }
            member.waiting.push(context.waker().clone());
            Poll::Pending
        })
        .await
    }

    /// Stops an execution, if it still runs.
    pub(crate) fn stop(&self, MemberId(index): MemberId) {
        let stop = self.lock().all.get(index).map(|member| member.stop.clone());
        if let Some(stop) = stop {
            stop.stop(None, None);
        }
    }

    fn end(&self, index: usize, result: ExecutionResult) {
        let mut members = self.lock();
        let Some(member) = members.all.get_mut(index) else { return };
        member.result = Some(result);
        let waiting = std::mem::take(&mut member.waiting);
        drop(members);
        waiting.into_iter().for_each(Waker::wake);
    }

    fn take_new(&self) -> Vec<BoxFuture<'static, Ended>> {
        std::mem::take(&mut self.lock().new)
    }

    fn take_results(&self) -> Vec<NestedExecution> {
        let Members { all, .. } = std::mem::take(&mut *self.lock());
        let nested = |Member { identity, input, result, .. }: Member| {
            Some(NestedExecution { identity: Arc::unwrap_or_clone(identity), input, result: result? })
        };
        all.into_iter().filter_map(nested).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Members> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs an execution to its end, and all that it starts to theirs.
pub(crate) fn conclude_all(execution: &Execution) -> BoxFuture<'_, Result<ExecutionResult, Fault>> {
    let first = conclude_whole(execution);
    match &execution.family {
        Some(family) => Box::pin(conclude_with(family, first)),
        None => first,
    }
}

async fn conclude_with(
    family: &Family,
    mut first: BoxFuture<'_, Result<ExecutionResult, Fault>>,
) -> Result<ExecutionResult, Fault> {
    let (mut result, mut others) = (None, FuturesUnordered::new());
    let ended = std::future::poll_fn(|context| {
        if result.is_none()
            && let Poll::Ready(ended) = first.as_mut().poll(context)
        {
            result = Some(ended?);
        }
        loop {
            others.extend(family.take_new());
            match others.poll_next_unpin(context) {
                Poll::Ready(Some((index, ended))) => family.end(index, ended?),
                Poll::Ready(None) => return result.take().map_or(Poll::Pending, |result| Poll::Ready(Ok(result))),
                Poll::Pending if family.lock().new.is_empty() => return Poll::Pending,
                Poll::Pending => {}
            }
        }
    });
    let result = ended.await?;
    Ok(ExecutionResult { nested: family.take_results(), ..result })
}
