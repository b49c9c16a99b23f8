//! A call of a workflow.
//!
//! Called from outside, a workflow is the function that it is. Called from another workflow it is an execution of its own, as
//! it is for the machines: its result and its errors travel as JSON, and a panic in it is its failure.

use std::{
    marker::PhantomData,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use serde_json::{Value, json};
use stepwright_asl::error_name;
use stepwright_codegen::{
    error::TaskFailure, inputs::Lent, outcome::Outcome, retry::Retry, started::Started, task::Workflow,
};

use super::{
    policy::Policy,
    run::execute,
    surroundings::{self, Surroundings},
};
use crate::{
    __private::{arguments, decode},
    answer::Answer,
};

/// A call of a workflow, made when it is awaited.
///
/// Awaited in another workflow, it is an execution of its own, unless the workflow is `inline`: what it fails with is an error
/// where its type holds it, and otherwise fails the workflow that waits.
///
/// # Panics
///
/// When awaited: if the workflow fails, and its return type cannot hold the failure.
#[must_use = "a workflow runs when it is awaited"]
pub struct WorkflowCall<W, F> {
    work: Pin<Box<F>>,
    options: Arc<Mutex<Options>>,
    workflow: PhantomData<fn() -> W>,
}

/// What a call asks for. It is read when the work begins.
struct Options {
    policy: Policy,
    /// Whether nobody waits for the end.
    is_started: bool,
    surroundings: Option<Arc<Surroundings>>,
}

/// The arguments of a call that is made inside of a workflow.
pub fn nested<W: Workflow>(lent: impl Lent) -> Option<Result<Value, TaskFailure>> {
    surroundings::inside().then(|| arguments(W::info().params, lent))
}

/// A call of a workflow, whose function has made this future.
pub fn workflow_call<W, F>(
    arguments: Option<Result<Value, TaskFailure>>,
    future: F,
) -> WorkflowCall<W, impl Future<Output = W::Output>>
where
    W: Workflow,
    F: Future<Output = W::Output>,
{
    let options = Options { policy: Policy::none(), is_started: false, surroundings: None };
    let options = Arc::new(Mutex::new(options));
    let work = Box::pin(work::<W, F>(Box::pin(future), arguments, options.clone()));
    WorkflowCall { work, options, workflow: PhantomData }
}

impl<W: Workflow, F> WorkflowCall<W, F> {
    fn with(self, set: impl FnOnce(&mut Options)) -> Self {
        set(&mut self.options.lock().unwrap_or_else(PoisonError::into_inner));
        self
    }

    /// When to start the workflow again. Whatever it fails with, the state that waits for it fails with `States.TaskFailed`.
    pub fn retry(self, retry: Retry) -> Self {
        self.with(|options| options.policy.retry(retry))
    }

    /// How long one execution may take, apart from the workflow's own time-out.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.with(|options| options.policy.timeout = Some(timeout))
    }

    /// The name of the state; means nothing natively.
    pub fn name(self, name: &str) -> Self {
        let _ = name;
        self
    }

    /// Starts the workflow when it is awaited, and does not wait for its end.
    ///
    /// Natively it becomes a task of the tokio runtime, so it owns its arguments; a native run ends when all that it has
    /// started has ended.
    pub fn start(self) -> StartCall<W, F>
    where
        F: Future + Send + 'static,
        F::Output: Send,
    {
        StartCall(self.with(|options| options.is_started = true))
    }
}

impl<W, F: Future> Future for WorkflowCall<W, F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        self.work.as_mut().poll(context)
    }
}

/// A workflow that is only started, when this is awaited.
#[must_use = "a workflow is started when this is awaited"]
pub struct StartCall<W, F>(WorkflowCall<W, F>);

impl<W, F> StartCall<W, F> {
    /// The name of the state; means nothing natively.
    pub fn name(self, name: &str) -> Self {
        let _ = name;
        self
    }
}

impl<W, F> IntoFuture for StartCall<W, F>
where
    W: Workflow,
    F: Future + Send + 'static,
    F::Output: Send,
{
    type Output = Started;
    type IntoFuture = std::future::Ready<Started>;

    fn into_future(self) -> Self::IntoFuture {
        let surroundings = Surroundings::nested(W::info().name);
        let context = surroundings.execution().clone();
        let started = Started { execution_arn: context.execution_id(), start_date: context.start_time() };
        let call = self.0.with(|options| options.surroundings = Some(surroundings.clone()));
        surroundings::keep(tokio::spawn(surroundings.scope(call).map(drop)));
        std::future::ready(started)
    }
}

async fn work<W, F>(
    first: Pin<Box<F>>,
    arguments: Option<Result<Value, TaskFailure>>,
    options: Arc<Mutex<Options>>,
) -> W::Output
where
    W: Workflow,
    F: Future<Output = W::Output>,
{
    let none = Options { policy: Policy::none(), is_started: false, surroundings: None };
    let options = std::mem::replace(&mut *options.lock().unwrap_or_else(PoisonError::into_inner), none);
    let Some(arguments) = arguments else {
        let around = options.surroundings.unwrap_or_else(|| Surroundings::plain(W::info().name));
        return around.scope(first).await;
    };
    if W::info().inline && !options.is_started {
        return first.await;
    }
    let first = Mutex::new(Some(first));
    let answer = options.policy.run(|| async {
        let around = options.surroundings.clone().unwrap_or_else(|| Surroundings::nested(W::info().name));
        let first = first.lock().unwrap_or_else(PoisonError::into_inner).take();
        let answer = match first {
            Some(first) => execute::<W, _>(around.clone(), first).await,
            None => again::<W>(around.clone(), arguments.clone()).await,
        };
        answer.map_err(|failure| failed(&around, &failure))
    });
    W::Output::from_wire(opened::<W>(answer.await))
        .unwrap_or_else(|failure| surroundings::fail(W::info().name, failure))
}

async fn again<W: Workflow>(around: Arc<Surroundings>, arguments: Result<Value, TaskFailure>) -> Answer {
    let inputs = arguments.and_then(|arguments| decode::<W::Input>(W::info().params, arguments))?;
    execute::<W, _>(around, Box::pin(W::call(inputs))).await
}

/// How the state that waits for an execution fails.
fn failed(around: &Surroundings, failure: &TaskFailure) -> TaskFailure {
    let context = around.execution();
    let seconds = |time: DateTime<Utc>| time.timestamp_millis() as f64 / 1000.0;
    let mut description = json!({
        "ExecutionArn": context.execution_id(),
        "Name": context.execution_name(),
        "StartDate": seconds(context.start_time()),
        "StateMachineArn": context.state_machine_id(),
        "Status": "FAILED",
        "Error": failure.name,
    });
    if let (Some(fields), Some(cause)) = (description.as_object_mut(), &failure.cause) {
        fields.insert("Cause".to_owned(), json!(cause));
    }
    TaskFailure::new(error_name::TASK_FAILED, description.to_string())
}

/// What the workflow failed with, where its type can hold errors.
fn opened<W: Workflow>(answer: Answer) -> Answer {
    answer.map_err(|failure| {
        let is_description = W::Output::FALLIBLE && failure.name == error_name::TASK_FAILED;
        let description =
            failure.cause.as_deref().filter(|_| is_description).and_then(|cause| serde_json::from_str(cause).ok());
        let text = |description: &Value, key: &str| description.get(key).and_then(Value::as_str).map(str::to_owned);
        let inner = description.and_then(|description: Value| {
            Some(TaskFailure { name: text(&description, "Error")?, cause: text(&description, "Cause") })
        });
        inner.unwrap_or(failure)
    })
}
