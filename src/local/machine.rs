//! A definition, its tasks and the interpreter put together.

use std::sync::Arc;

use serde_json::Value;
use stepwright_codegen::definition::Definition;
use stepwright_runtime::{CompileError, ExecutionResult, Fault, Identity, Interpreter, Program};

use super::router::Router;
use crate::{mock::StandIns, native::Call};

/// A machine that can run.
pub(crate) struct Machine {
    name: &'static str,
    program: Program,
    router: Router,
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
    pub(crate) fn new(definition: &Definition, stand_ins: StandIns) -> Result<Self, LocalError> {
        let program = Program::compile(definition.asl()).map_err(LocalError::Program)?;
        Ok(Machine { name: definition.name(), program, router: Router::new(definition, stand_ins) })
    }

    /// Shows each call as it is made.
    pub(crate) fn on_call(mut self, show: impl Fn(&Call) + Send + Sync + 'static) -> Self {
        self.router = self.router.on_call(show);
        self
    }

    pub(crate) async fn run(self, input: Value) -> Result<Execution, LocalError> {
        let router = Arc::new(self.router);
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

impl std::fmt::Display for LocalError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            LocalError::Program(error) => error.fmt(f),
            LocalError::Fault(fault) => fault.fmt(f),
        }
    }
}
