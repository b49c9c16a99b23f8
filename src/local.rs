//! `fulfil::local()`: the exported machine, run in process, with the Rust tasks.

mod executable;
mod executions;
mod mocked;
mod place;
mod router;

use std::{marker::PhantomData, path::Path, sync::Arc};

use serde_json::Value;
use stepwright_asl::StateMachine;
use stepwright_codegen::{
    error::TaskFailure,
    inputs::{Inputs, payload},
    outcome::Outcome,
    task::Workflow,
};
use stepwright_runtime::{
    ExecutionResult, ExecutionStatus, HistoryEvent, ObjectStore,
    mocks::{MockFile, Mocks},
};

pub(crate) use executable::{Executable, Execution};
pub use place::FailurePlace;
#[cfg(feature = "cli")]
pub(crate) use place::place_of;

use crate::{
    __private::stop,
    Machine,
    answer::{Answer, timed_out},
    mock::{HasStandIns, StandIns},
    native::Call,
    run_failure::{RunFailure, result_of},
};

/// A local run that is being set up.
///
/// What runs is the machine as it is exported, or [another](Local::machine), in an interpreter of the States Language; time is
/// virtual. Its tasks are the Rust functions of this program, or their mocks, which a function can set up for many tests:
///
/// ```
/// use stepwright::{Local, prelude::*};
///
/// #[task]
/// async fn rate(currency: String) -> u64 {
///     unimplemented!("asks the bank for {currency}")
/// }
///
/// #[workflow]
/// async fn converted(cents: u64, currency: String) -> u64 {
///     cents * rate(currency).await / 100
/// }
///
/// fn mocked() -> Local<converted> {
///     converted::local().mock::<rate>(|currency: String| if currency == "CHF" { 94 } else { 100 })
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// assert_eq!(mocked().run((5_000, "CHF".to_owned())).await.result().unwrap(), 4_700);
/// # }
/// ```
#[must_use = "a machine runs when `.run(…)` is awaited"]
pub struct Local<M> {
    stand_ins: StandIns,
    mocks: Mocks,
    machine: Option<StateMachine>,
    workflow: PhantomData<fn() -> M>,
}

/// What came of a local run.
pub struct LocalRun<M> {
    execution: Execution,
    workflow: PhantomData<fn() -> M>,
}

impl<W: Workflow> Local<Machine<W>> {
    #[doc(hidden)]
    pub fn new() -> Self {
        Local { stand_ins: StandIns::default(), mocks: Mocks::new(), machine: None, workflow: PhantomData }
    }

    /// Mocks Task states by their names or resources, whatever task is behind them; it replaces the mocks given before.
    ///
    /// Such a mock gives the state's result as the service would: of a Lambda function the envelope around the `Payload`.
    /// [`mock`](crate::MockTask::mock) is the typed way, by task.
    pub fn mocks(mut self, mocks: Mocks) -> Self {
        self.mocks = mocks;
        self
    }

    /// The same with a test case of a [`MockFile`], in which the machine has the name of the workflow.
    ///
    /// # Panics
    ///
    /// If the file cannot be read, is wrong, or has no such test case for this workflow.
    pub fn mock_file(self, path: impl AsRef<Path>, case: &str) -> Self {
        let path = path.as_ref();
        let mocks = MockFile::read(path).and_then(|file| file.case(W::info().name, case));
        self.mocks(mocks.unwrap_or_else(|error| stop(format!("{}: {error}", path.display()))))
    }

    /// Runs this machine in place of the exported one, with the same tasks: one that the workflow is to replace, for example, so
    /// that a test can tell whether both do the same.
    ///
    /// Its Task states find the tasks of this program by what the exported machine calls them: functions and activities by
    /// name, others by resource.
    pub fn machine(mut self, machine: StateMachine) -> Self {
        self.machine = Some(machine);
        self
    }

    /// The objects that distributed maps read, and where they write; without, such a map fails the run.
    pub fn objects(mut self, objects: impl ObjectStore + 'static) -> Self {
        self.stand_ins.set_objects(objects);
        self
    }

    /// Runs the machine; several parameters as a tuple, none as `()`.
    ///
    /// # Panics
    ///
    /// Where [`definition`](crate::Definition) does, if the input is not JSON, if a mocked state is no Task of the machine, if the
    /// interpreter does not support [another machine](Local::machine), and if it cannot go on; never because the execution fails.
    pub async fn run(self, input: <W::Input as Inputs>::Bare) -> LocalRun<Machine<W>> {
        let values = W::Input::from_bare(input).to_values();
        let values = values.unwrap_or_else(|error| stop(format!("the input is not JSON: {error}")));
        self.run_json(payload(W::info().params, values)).await
    }

    /// Runs the machine with its raw input: the value of the only parameter, an object by name of several, `{}` of none.
    ///
    /// # Panics
    ///
    /// As [`run`](Local::run).
    pub async fn run_json(self, input: Value) -> LocalRun<Machine<W>> {
        let machine = Executable::of::<W>().and_then(|own| match &self.machine {
            Some(other) => own.in_place(other).map(Arc::new),
            None => Ok(own),
        });
        let execution = match machine {
            Ok(machine) => machine.run(input, self.stand_ins, self.mocks, |_| ()).await,
            Err(error) => Err(error),
        };
        let execution = execution.unwrap_or_else(|error| stop(format!("`{}` cannot run: {error}", W::info().name)));
        LocalRun { execution, workflow: PhantomData }
    }
}

impl<W: Workflow> Default for Local<Machine<W>> {
    fn default() -> Self {
        Local::new()
    }
}

impl<M> HasStandIns for Local<M> {
    fn stand_ins(&mut self) -> &mut StandIns {
        &mut self.stand_ins
    }
}

impl<W: Workflow> LocalRun<Machine<W>> {
    /// What the workflow returned, or why it failed.
    ///
    /// # Errors
    ///
    /// The error name and the cause that the execution ended with, and the error where the workflow's type can hold it.
    pub fn result(&self) -> Result<<W::Output as Outcome>::Value, RunFailure<<W::Output as Outcome>::Error>> {
        result_of::<W::Output>(answer(&self.execution.result), self.execution.place.as_ref())
    }
}

impl<M> LocalRun<M> {
    /// The output, as JSON, where the execution succeeded.
    #[must_use]
    pub fn output(&self) -> Option<&Value> {
        self.execution.result.output.as_ref()
    }

    /// How the execution ended.
    #[must_use]
    pub fn status(&self) -> ExecutionStatus {
        self.execution.result.status
    }

    /// The events, as the service records them.
    #[must_use]
    pub fn history(&self) -> &[HistoryEvent] {
        &self.execution.result.history
    }

    /// The state transitions that the service charges for: states entered, at all levels, and retries.
    #[must_use]
    pub fn transitions(&self) -> usize {
        self.execution.transitions()
    }

    /// The task calls in order, one for each attempt.
    #[must_use]
    pub fn calls(&self) -> &[Call] {
        &self.execution.calls
    }
}

/// What an execution answers.
pub(crate) fn answer(execution: &ExecutionResult) -> Answer {
    match (execution.status, &execution.output) {
        (ExecutionStatus::Succeeded, Some(output)) => Ok(output.clone()),
        (ExecutionStatus::TimedOut, _) => Err(timed_out()),
        (status, _) => {
            let name = execution.error.clone().unwrap_or_else(|| status.to_string());
            Err(TaskFailure { name, cause: execution.cause.clone() })
        }
    }
}
