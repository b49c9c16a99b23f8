//! Stopping an execution from outside.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

/// Stops the executions that it was given to, like `StopExecution`: they end as aborted.
///
/// Clones stop the same executions; see [`Interpreter::stop`](crate::Interpreter::stop).
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    reason: Option<Reason>,
    waiting: Vec<Waker>,
}

/// What `StopExecution` was called with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reason {
    pub(crate) error: Option<String>,
    pub(crate) cause: Option<String>,
}

impl Stop {
    /// Nothing is stopped yet.
    #[must_use]
    pub fn new() -> Stop {
        Stop::default()
    }

    /// Stops the executions where they stand; those that start later end at their first wait.
    pub fn stop(&self, error: Option<String>, cause: Option<String>) {
        let mut state = self.lock();
        state.reason.get_or_insert(Reason { error, cause });
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }

    /// Waits until somebody stops.
    pub(crate) async fn requested(&self) -> Reason {
        std::future::poll_fn(|context| {
            let mut state = self.lock();
            if let Some(reason) = &state.reason {
                return Poll::Ready(reason.clone());
            }
            state.waiting.retain(|waker| !waker.will_wake(context.waker()));
            state.waiting.push(context.waker().clone());
            Poll::Pending
        })
        .await
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
