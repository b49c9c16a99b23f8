//! What a native run knows: the mocks, the calls made so far, the time.

use std::{
    panic,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::SubsecRound;
use serde_json::Value;
use stepwright_codegen::{error::TaskFailure, task::BoxFuture};
use stepwright_runtime::{Clock, Identity};

use super::functions;
use crate::{answer::Answer, mock::StandIns};

tokio::task_local! {
    static SURROUNDINGS: Arc<Surroundings>;
}

/// A call of a task: one for each attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The task's name.
    pub task: String,
    /// The arguments: the value of the only one, an object by name of several, `{}` of none.
    pub arguments: Value,
}

/// The surroundings of one native run.
pub(super) struct Surroundings {
    stand_ins: StandIns,
    clock: Clock,
    execution: functions::Context,
    calls: Mutex<Vec<Call>>,
}

/// The failure that ends a native run.
pub(super) struct Uncaught(pub(super) TaskFailure);

impl Surroundings {
    pub(super) fn new(workflow: &str, stand_ins: StandIns) -> Arc<Self> {
        let clock = Clock::real();
        let execution = execution_of(workflow, &clock);
        Arc::new(Surroundings { stand_ins, clock, execution, calls: Mutex::default() })
    }

    /// Awaits a future in these surroundings.
    pub(super) async fn scope<F: Future>(self: Arc<Self>, future: F) -> F::Output {
        SURROUNDINGS.scope(self, future).await
    }

    /// The calls so far.
    pub(super) fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn log(&self, task: &str, arguments: &Value) {
        let call = Call { task: task.to_owned(), arguments: arguments.clone() };
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).push(call);
    }
}

/// Starts an attempt at a task: its mock, or else its body.
pub(super) fn start(
    task: &'static str,
    body: fn(Value) -> BoxFuture<'static, Answer>,
    arguments: Value,
) -> BoxFuture<'static, Answer> {
    SURROUNDINGS
        .try_with(|context| {
            context.log(task, &arguments);
            context.stand_ins.answer(task, body, arguments.clone())
        })
        .unwrap_or_else(|_| body(arguments))
}

/// The run's clock; tokio's time where there is no run.
pub(super) fn clock() -> Clock {
    SURROUNDINGS.try_with(|context| context.clock.clone()).unwrap_or_else(|_| Clock::real())
}

/// What `context()` gives.
pub(super) fn execution() -> functions::Context {
    let known = SURROUNDINGS.try_with(|context| context.execution.clone());
    known.unwrap_or_else(|_| execution_of("native", &Clock::real()))
}

fn execution_of(workflow: &str, clock: &Clock) -> functions::Context {
    functions::Context { identity: Identity::of(workflow, "local"), start_time: clock.now().trunc_subsecs(3) }
}

/// Ends the native run with a failure that no type of the workflow holds.
#[expect(clippy::panic, reason = "a native function has no other way to end a workflow that the machine would end")]
pub(super) fn fail(task: &str, failure: TaskFailure) -> ! {
    if SURROUNDINGS.try_with(|_| ()).is_ok() {
        // Caught by the run; unlike `panic!` this does not print anything.
        panic::resume_unwind(Box::new(Uncaught(failure)))
    }
    panic!("task `{task}` failed: {failure}")
}
