//! A definition, its tasks and the interpreter put together.

use std::{
    any::TypeId,
    collections::HashMap,
    fmt,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use serde_json::Value;
use stepwright_codegen::{
    definition::Definition,
    task::{TaskEntry, Workflow},
};
use stepwright_runtime::{CompileError, ExecutionResult, Fault, Identity, Interpreter, Program};

use super::router::Router;
use crate::{__private::definition, mock::StandIns, native::Call};

/// A machine that is ready to run.
pub(crate) struct Machine {
    name: &'static str,
    program: Program,
    tasks: Vec<TaskEntry>,
}

/// What came of an execution.
pub(crate) struct Execution {
    pub(crate) result: ExecutionResult,
    pub(crate) calls: Vec<Call>,
    retries: usize,
}

/// Why a machine cannot run at all.
#[derive(Debug)]
pub(crate) enum LocalError {
    Program(CompileError),
    Fault(Fault),
}

impl Machine {
    pub(crate) fn new(definition: &Definition) -> Result<Self, LocalError> {
        let program = Program::compile(definition.asl()).map_err(LocalError::Program)?;
        let tasks = definition.tasks().iter().map(|task| *task.entry()).collect();
        Ok(Machine { name: definition.name(), program, tasks })
    }

    /// The machine of a workflow. It is made once in a process: tests run the same machine again and again.
    pub(super) fn of<W: Workflow>() -> Result<Arc<Self>, LocalError> {
        static MADE: LazyLock<Mutex<HashMap<TypeId, Arc<Machine>>>> = LazyLock::new(Mutex::default);
        let made = || MADE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(machine) = made().get(&TypeId::of::<W>()) {
            return Ok(Arc::clone(machine));
        }
        let machine = Arc::new(Machine::new(&definition::<W>())?);
        made().insert(TypeId::of::<W>(), Arc::clone(&machine));
        Ok(machine)
    }

    /// Runs an execution; each call is shown as it is made.
    pub(crate) async fn run(
        &self,
        input: Value,
        stand_ins: StandIns,
        show: impl Fn(&Call) + Send + Sync + 'static,
    ) -> Result<Execution, LocalError> {
        let router = Arc::new(Router::new(&self.tasks, stand_ins, show));
        let interpreter = Interpreter::new(&self.program)
            .shared_task_handler(router.clone())
            .identity(Identity::of(self.name, "local"));
        let result = interpreter.run(input).await.map_err(LocalError::Fault)?;
        let (calls, retries) = router.take_calls();
        Ok(Execution { result, calls, retries })
    }
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
            LocalError::Fault(fault) => fault.fmt(f),
        }
    }
}
