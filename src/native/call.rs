//! A call of a task.

use std::{marker::PhantomData, time::Duration};

use serde::Serialize;
use serde_json::Value;
use stepwright_codegen::{
    error::TaskFailure,
    inputs::Lent,
    outcome::Outcome,
    retry::Retry,
    task::{BoxFuture, Task, TaskEntry},
};

use super::{functions::uuid, policy::Policy, surroundings};
use crate::{
    __private::arguments,
    answer::{Answer, as_reported, attempt},
    token::{self, TaskToken},
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
    /// The token in the arguments, if they were made from one.
    token: Option<String>,
    policy: Policy,
    task: PhantomData<fn() -> T>,
}

impl<T: Task> TaskCall<T> {
    /// A call with these arguments.
    #[doc(hidden)]
    pub fn new(lent: impl Lent) -> Self {
        let arguments = arguments(T::info().params, lent);
        TaskCall { arguments, token: None, policy: Policy::of(T::info()), task: PhantomData }
    }

    /// A call with a request that is made from the token that answers it.
    #[doc(hidden)]
    pub fn request<R: Serialize>(make: impl FnOnce(TaskToken<T::Output>) -> R) -> Self {
        let token = uuid();
        TaskCall { token: Some(token.clone()), ..TaskCall::new((&make(TaskToken::new(&token)),)) }
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
        let waits = T::info().waits_for_token();
        let heartbeat = policy.heartbeat.take_if(|_| waits);
        let mut first = self.token.clone();
        let answer = match self.arguments {
            Ok(arguments) => {
                let attempt = || {
                    // Each attempt has a token of its own.
                    let token = waits.then(|| first.take().unwrap_or_else(uuid));
                    let arguments = match (&self.token, &token) {
                        (Some(made_from), Some(token)) => token::exchanged(&arguments, made_from, token),
                        _ => arguments.clone(),
                    };
                    one_attempt::<T>(arguments, token, heartbeat)
                };
                policy.run(attempt).await
            }
            Err(failure) => Err(failure),
        };
        T::Output::from_wire(answer).unwrap_or_else(|failure| surroundings::fail(T::info().name, failure))
    }
}

async fn one_attempt<T: Task>(arguments: Value, token: Option<String>, heartbeat: Option<Duration>) -> Answer {
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
