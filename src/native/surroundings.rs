//! What a native run knows: the mocks, the calls made so far, the time.

use std::{
    panic,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::SubsecRound;
use serde_json::Value;
use stepwright_codegen::{
    error::TaskFailure,
    task::{BoxFuture, TaskEntry},
};
use stepwright_runtime::{Clock, Identity, ObjectStore};
use tokio::task::JoinHandle;

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

/// The surroundings of one execution: of a native run, of a workflow that is called as a plain function, or of one that
/// another calls.
pub(super) struct Surroundings {
    run: Arc<Run>,
    clock: Clock,
    execution: functions::Context,
    /// Whether somebody takes a failure that no type of the workflow holds.
    is_watched: bool,
}

/// What the executions of a run share.
struct Run {
    stand_ins: StandIns,
    /// Whether somebody asks for the calls.
    keeps_calls: bool,
    calls: Mutex<Vec<Call>>,
    started: Mutex<Vec<JoinHandle<()>>>,
}

/// The failure that ends a native run.
pub(super) struct Uncaught(pub(super) TaskFailure);

impl Surroundings {
    /// Those of a native run.
    pub(super) fn new(workflow: &str, stand_ins: StandIns) -> Arc<Self> {
        Self::of(workflow, "local", Run::new(stand_ins, true), true)
    }

    /// Those of a workflow that is called as a plain function.
    pub(super) fn plain(workflow: &str) -> Arc<Self> {
        Self::of(workflow, "local", Run::new(StandIns::default(), false), false)
    }

    /// Those of a workflow that is called from these, or from nowhere.
    pub(super) fn nested(workflow: &str) -> Arc<Self> {
        let run = SURROUNDINGS.try_with(|around| around.run.clone());
        let run = run.unwrap_or_else(|_| Run::new(StandIns::default(), false));
        Self::of(workflow, &functions::uuid(), run, true)
    }

    fn of(workflow: &str, execution: &str, run: Arc<Run>, is_watched: bool) -> Arc<Self> {
        let clock = Clock::real();
        let execution = execution_of(workflow, execution, &clock);
        Arc::new(Surroundings { run, clock, execution, is_watched })
    }

    /// What `context()` gives inside.
    pub(super) fn execution(&self) -> &functions::Context {
        &self.execution
    }

    /// Awaits a future in these surroundings.
    pub(super) async fn scope<F: Future>(self: Arc<Self>, future: F) -> F::Output {
        SURROUNDINGS.scope(self, future).await
    }

    /// The calls so far.
    pub(super) fn calls(&self) -> Vec<Call> {
        self.run.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Awaits the executions that were only started.
    pub(super) async fn finish(&self) {
        while let Some(started) = self.run.next_started() {
            // How they end is nobody's business.
            let _ = started.await;
        }
    }

    fn log(&self, task: &str, arguments: &Value) {
        if self.run.keeps_calls {
            let call = Call { task: task.to_owned(), arguments: arguments.clone() };
            self.run.calls.lock().unwrap_or_else(PoisonError::into_inner).push(call);
        }
    }
}

impl Run {
    fn new(stand_ins: StandIns, keeps_calls: bool) -> Arc<Self> {
        Arc::new(Run { stand_ins, keeps_calls, calls: Mutex::default(), started: Mutex::default() })
    }

    fn next_started(&self) -> Option<JoinHandle<()>> {
        self.started.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }
}

/// Where distributed maps read and write here.
pub(super) fn objects() -> Option<Arc<dyn ObjectStore>> {
    SURROUNDINGS.try_with(|around| around.run.stand_ins.objects()).ok().flatten()
}

/// Those of an item's own execution.
pub(super) fn of_item() -> Arc<Surroundings> {
    let name = SURROUNDINGS.try_with(|around| around.execution.identity.state_machine_name.clone());
    Surroundings::nested(&name.unwrap_or_else(|_| "native".to_owned()))
}

/// Whether a workflow is under way here.
pub(super) fn inside() -> bool {
    SURROUNDINGS.try_with(|_| ()).is_ok()
}

/// Keeps an execution that was only started.
pub(super) fn keep(started: JoinHandle<()>) {
    // Nobody waits for it outside of a run.
    let _ = SURROUNDINGS.try_with(|around| {
        if around.run.keeps_calls {
            around.run.started.lock().unwrap_or_else(PoisonError::into_inner).push(started);
        }
    });
}

/// Starts an attempt at a task: its mock, or else its body.
pub(super) fn start(task: TaskEntry, arguments: Value, token: Option<&str>) -> BoxFuture<'static, Answer> {
    SURROUNDINGS
        .try_with(|context| {
            context.log((task.info)().name, &arguments);
            context.run.stand_ins.answer(task, arguments.clone(), token)
        })
        .unwrap_or_else(|_| StandIns::default().answer(task, arguments, token))
}

/// The run's clock; tokio's time where there is no run.
pub(super) fn clock() -> Clock {
    SURROUNDINGS.try_with(|context| context.clock.clone()).unwrap_or_else(|_| Clock::real())
}

/// What `context()` gives.
pub(super) fn execution() -> functions::Context {
    let known = SURROUNDINGS.try_with(|context| context.execution.clone());
    known.unwrap_or_else(|_| execution_of("native", "local", &Clock::real()))
}

fn execution_of(workflow: &str, name: &str, clock: &Clock) -> functions::Context {
    functions::Context { identity: Identity::of(workflow, name), start_time: clock.now().trunc_subsecs(3) }
}

/// Ends the native run with a failure that no type of the workflow holds.
#[expect(clippy::panic, reason = "a native function has no other way to end a workflow that the machine would end")]
pub(super) fn fail(task: &str, failure: TaskFailure) -> ! {
    if SURROUNDINGS.try_with(|around| around.is_watched).unwrap_or(false) {
        // Caught by the run; unlike `panic!` this does not print anything.
        panic::resume_unwind(Box::new(Uncaught(failure)))
    }
    panic!("task `{task}` failed: {failure}")
}
