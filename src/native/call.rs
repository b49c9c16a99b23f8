//! A call of a task.

use std::{marker::PhantomData, time::Duration};

use serde_json::Value;
use stepwright_codegen::{
    error::TaskFailure,
    outcome::Outcome,
    retry::Retry,
    task::{BoxFuture, Task, TaskEntry},
};

use super::{functions::uuid, policy::Policy, surroundings};
use crate::{
    answer::{Answer, as_reported, attempt},
    token,
};

/// A call of a task, made when it is awaited.
///
/// Arguments, result and errors travel as JSON, as they do between the machine and the task. Retriers, time-out
/// and heartbeat are honoured as the machine honours them, in tokio's time. A body cannot tell of a heartbeat, so one
/// that takes longer than `heartbeat` is timed out.
///
/// # Panics
///
/// When awaited: if the task fails and its return type cannot hold the failure, which fails an execution of the machine.
#[must_use = "a task runs when it is awaited"]
pub struct TaskCall<T> {
    arguments: Result<Value, TaskFailure>,
    policy: Policy,
    task: PhantomData<fn() -> T>,
}

impl<T: Task> TaskCall<T> {
    /// A call with these arguments, as [`payload`](stepwright_codegen::inputs::payload) makes them.
    #[doc(hidden)]
    pub fn new(arguments: Result<Value, TaskFailure>) -> Self {
        TaskCall { arguments, policy: Policy::of(T::info()), task: PhantomData }
    }

    /// When to try again, before what the task's own `retry(…)` options say.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.policy.retry(retry);
        self
    }

    /// How long one attempt may take, instead of the task's own time-out.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.policy.timeout = Some(timeout);
        self
    }

    /// The longest time between two heartbeats, instead of the task's own.
    pub fn heartbeat(mut self, heartbeat: Duration) -> Self {
        self.policy.heartbeat = Some(heartbeat);
        self
    }

    /// The name of the state; means nothing natively.
    pub fn name(self, name: &str) -> Self {
        let _ = name;
        self
    }

    async fn run(self) -> T::Output {
        let mut policy = self.policy;
        // A body that hands its token on is over long before the answer.
        let heartbeat = T::info().token.and_then(|_| policy.heartbeat.take());
        let answer = match self.arguments {
            Ok(arguments) => policy.run(|| one_attempt::<T>(arguments.clone(), heartbeat)).await,
            Err(failure) => Err(failure),
        };
        T::Output::from_wire(answer).unwrap_or_else(|failure| surroundings::fail(T::info().name, failure))
    }
}

async fn one_attempt<T: Task>(arguments: Value, heartbeat: Option<Duration>) -> Answer {
    let token = T::info().token.map(|_| uuid());
    let open = token.as_deref().map(|token| token::tokens().open(token));
    let work = surroundings::start(TaskEntry::of::<T>(), arguments, token.as_deref());
    let answer = attempt(work).await.map_err(|failure| as_reported(T::info(), failure))?;
    match open {
        Some(open) => token::wait(open, heartbeat).await,
        None => Ok(answer),
    }
}

impl<T: Task> IntoFuture for TaskCall<T> {
    type Output = T::Output;
    type IntoFuture = BoxFuture<'static, T::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}
