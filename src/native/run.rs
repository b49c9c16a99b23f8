//! `fulfil::native()`: the Rust function with stand-ins for its tasks.

use std::{any::Any, marker::PhantomData, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures_util::FutureExt;
use serde_json::Value;
use stepwright_codegen::{error::TaskFailure, inputs::Inputs, outcome::Outcome, task::Workflow};

use stepwright_runtime::ObjectStore;

use super::surroundings::{Call, Surroundings, Uncaught};
use crate::{
    __private::decode,
    Machine,
    answer::{Answer, panic_message, timed_out},
    mock::{HasStandIns, StandIns},
    run_failure::{RunFailure, result_of},
};

/// A native run that is being set up.
#[must_use = "a workflow runs when `.run(…)` is awaited"]
pub struct Native<M> {
    stand_ins: StandIns,
    workflow: PhantomData<fn() -> M>,
}

/// What came of a native run.
pub struct NativeRun<M> {
    answer: Answer,
    calls: Vec<Call>,
    workflow: PhantomData<fn() -> M>,
}

impl<W: Workflow> Native<Machine<W>> {
    #[doc(hidden)]
    pub fn new() -> Self {
        Native { stand_ins: StandIns::default(), workflow: PhantomData }
    }

    /// The objects that distributed maps read, and where they write; without, such a map fails the run.
    pub fn objects(mut self, objects: impl ObjectStore + 'static) -> Self {
        self.stand_ins.set_objects(objects);
        self
    }

    /// Runs the function; several parameters as a tuple, none as `()`.
    pub async fn run(self, input: <W::Input as Inputs>::Bare) -> NativeRun<Machine<W>> {
        self.run_inputs(W::Input::from_bare(input)).await
    }

    /// Runs the function with the raw input of the machine: the value of the only parameter, an object by name of several,
    /// `{}` of none. An input that does not fit fails the run with [`TaskFailure::INVALID_ARGUMENTS`].
    pub async fn run_json(self, input: Value) -> NativeRun<Machine<W>> {
        match decode::<W::Input>(W::info().params, input) {
            Ok(inputs) => self.run_inputs(inputs).await,
            Err(failure) => NativeRun { answer: Err(failure), calls: Vec::new(), workflow: PhantomData },
        }
    }

    async fn run_inputs(self, inputs: W::Input) -> NativeRun<Machine<W>> {
        let run = Surroundings::new(W::info().name, self.stand_ins);
        let answer = execute::<W, _>(run.clone(), W::call(inputs)).await;
        run.finish().await;
        NativeRun { answer, calls: run.calls(), workflow: PhantomData }
    }
}

impl<W: Workflow> Default for Native<Machine<W>> {
    fn default() -> Self {
        Native::new()
    }
}

impl<M> HasStandIns for Native<M> {
    fn stand_ins(&mut self) -> &mut StandIns {
        &mut self.stand_ins
    }
}

impl<W: Workflow> NativeRun<Machine<W>> {
    /// What the workflow returned, or why it failed.
    ///
    /// # Errors
    ///
    /// The failure that an execution of the machine ends with.
    pub fn result(&self) -> Result<<W::Output as Outcome>::Value, RunFailure<<W::Output as Outcome>::Error>> {
        result_of::<W::Output>(self.answer.clone(), None)
    }

    /// The task calls in order, one for each attempt.
    #[must_use]
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }
}

/// Runs a workflow to its end, as an execution.
pub(super) async fn execute<W, F>(surroundings: Arc<Surroundings>, work: F) -> Answer
where
    W: Workflow,
    F: Future<Output = W::Output>,
{
    let work = AssertUnwindSafe(work).catch_unwind();
    match within(W::info().timeout, surroundings.scope(work)).await {
        Ok(Ok(output)) => output.into_wire(),
        Ok(Err(panic)) => Err(failure_of(panic)),
        Err(timed_out) => Err(timed_out),
    }
}

/// Awaits the work for so many seconds at most.
async fn within<T>(seconds: Option<u64>, work: impl Future<Output = T>) -> Result<T, TaskFailure> {
    match seconds.map(Duration::from_secs) {
        Some(limit) => tokio::time::timeout(limit, work).await.map_err(|_| timed_out()),
        None => Ok(work.await),
    }
}

pub(super) fn failure_of(panic: Box<dyn Any + Send>) -> TaskFailure {
    match panic.downcast::<Uncaught>() {
        Ok(uncaught) => uncaught.0,
        Err(panic) => TaskFailure::new(TaskFailure::PANIC, panic_message(&*panic)),
    }
}
