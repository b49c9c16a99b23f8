//! A definition, its tasks and the interpreter put together.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use serde_json::Value;
use stepwright_asl::StateMachine;
use stepwright_codegen::{
    definition::Definition,
    info::{TaskKind, WorkflowInfo},
    source_map::SourceMap,
    task::{TaskEntry, Workflow, WorkflowEntry},
};
use stepwright_runtime::{
    CompileError, ExecutionResult, ExecutionStatus, Fault, Identity, Interpreter, ObjectStore, Program, TaskHandler,
    mocks::{Mocks, UnknownState},
};

use super::{
    mocked::Mocked,
    place::FailurePlace,
    router::{Calls, MachineTasks, Router},
};
use crate::{__private::stop, machine::definition, mock::StandIns, native::Call, token::tokens};

/// A machine that is ready to run.
pub(crate) struct Executable {
    name: &'static str,
    program: Program,
    calls: Arc<Calls>,
    /// All that it calls.
    tasks: Vec<TaskEntry>,
    source_map: SourceMap,
}

/// What came of an execution.
pub(crate) struct Execution {
    pub(crate) result: ExecutionResult,
    pub(crate) calls: Vec<Call>,
    /// Where it failed.
    pub(crate) place: Option<FailurePlace>,
    retries: usize,
}

/// Why a machine cannot run at all.
#[derive(Debug)]
pub(crate) enum LocalError {
    Program(CompileError),
    Mocks(UnknownState),
    Fault(Fault),
}

impl Executable {
    pub(crate) fn new(definition: &Definition) -> Result<Self, LocalError> {
        let tasks: Vec<TaskEntry> = definition.tasks().iter().map(|task| *task.entry()).collect();
        let program = compiled(definition.asl(), &tasks)?;
        let states = definition.asl().all_states().map(|placed| placed.name);
        let calls = states.filter_map(|state| Some((state.to_owned(), *definition.task_of(state)?.entry())));
        let calls = Arc::new(calls.collect());
        Ok(Executable { name: definition.name(), program, calls, tasks, source_map: definition.source_map().clone() })
    }

    /// Another machine in the place of this one.
    pub(super) fn in_place(&self, other: &StateMachine) -> Result<Self, LocalError> {
        let program = compiled(other, &self.tasks)?;
        let tasks = self.tasks.clone();
        Ok(Executable { name: self.name, program, calls: Arc::default(), tasks, source_map: SourceMap::default() })
    }

    /// The machine of a workflow.
    pub(super) fn of<W: Workflow>() -> Result<Arc<Self>, LocalError> {
        Self::made(W::info(), definition::<W>)
    }

    /// The machine of a workflow that another runs.
    pub(super) fn of_entry(entry: &WorkflowEntry) -> Result<Arc<Self>, LocalError> {
        Self::made((entry.info)(), || {
            (entry.definition)()
                .unwrap_or_else(|diagnostics| stop(format!("a workflow does not compile\n{diagnostics}")))
        })
    }

    /// A machine is made once in a process: tests run the same machine again and again.
    fn made(info: &'static WorkflowInfo, definition: impl FnOnce() -> Definition) -> Result<Arc<Self>, LocalError> {
        static MADE: LazyLock<Mutex<HashMap<usize, Arc<Executable>>>> = LazyLock::new(Mutex::default);
        let made = || MADE.lock().unwrap_or_else(PoisonError::into_inner);
        let key = std::ptr::from_ref(info).addr();
        if let Some(machine) = made().get(&key) {
            return Ok(Arc::clone(machine));
        }
        let machine = Arc::new(Executable::new(&definition())?);
        made().insert(key, Arc::clone(&machine));
        Ok(machine)
    }

    /// What answers its Task states in a run.
    pub(super) fn tasks(&self, router: &Arc<Router>) -> MachineTasks {
        MachineTasks { calls: self.calls.clone(), router: router.clone() }
    }

    /// An interpreter of the machine.
    pub(super) fn interpreter(
        &self,
        handler: Arc<dyn TaskHandler>,
        objects: Option<Arc<dyn ObjectStore>>,
        identity: Identity,
    ) -> Interpreter {
        let interpreter = Interpreter::new(&self.program).shared_task_handler(handler).identity(identity);
        let interpreter = interpreter.task_tokens(tokens().clone());
        match objects {
            Some(objects) => interpreter.object_store(objects),
            None => interpreter,
        }
    }

    /// Runs an execution; each call is shown as it is made.
    pub(crate) async fn run(
        &self,
        input: Value,
        stand_ins: StandIns,
        mocks: Mocks,
        show: impl Fn(&Call) + Send + Sync + 'static,
    ) -> Result<Execution, LocalError> {
        mocks.check(&self.program).map_err(LocalError::Mocks)?;
        let router = Router::new(&self.tasks, stand_ins, show);
        let identity = Identity::of(self.name, "local");
        let handler = Arc::new(Mocked { mocks, tasks: self.tasks(&router) });
        let interpreter = self.interpreter(handler, router.objects(), identity);
        let result = interpreter.run(input).await.map_err(LocalError::Fault)?;
        let (calls, retries) = router.take_calls();
        let has_failed = result.status != ExecutionStatus::Succeeded;
        let place = has_failed.then(|| FailurePlace::of(&result.history, &self.source_map)).flatten();
        Ok(Execution { result, calls, place, retries })
    }
}

/// The machine as it is deployed: with the ARNs of its activities.
fn compiled(machine: &StateMachine, tasks: &[TaskEntry]) -> Result<Program, LocalError> {
    let activities = tasks.iter().map(|task| (task.info)()).filter(|info| info.kind == TaskKind::Activity);
    let text = activities.fold(machine.to_json(), |text, info| {
        let arn = format!("arn:aws:states:us-east-1:123456789012:activity:{}", info.name);
        text.replace(&info.activity_placeholder(), &arn)
    });
    let deployed = StateMachine::from_json(&text);
    Program::compile(deployed.as_ref().unwrap_or(machine)).map_err(LocalError::Program)
}

impl Execution {
    /// States entered, at all levels, and retries.
    pub(crate) fn transitions(&self) -> usize {
        self.result.transitions + self.retries
    }
}

impl fmt::Display for LocalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LocalError::Program(error) => error.fmt(f),
            LocalError::Mocks(error) => error.fmt(f),
            LocalError::Fault(fault) => fault.fmt(f),
        }
    }
}
