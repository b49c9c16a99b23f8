//! Mocks of what Task states call: by state, by resource, by attempt, from Rust or from a file.
//!
//! ```
//! use serde_json::json;
//! use stepwright_runtime::mocks::{Mocks, Responses};
//! use stepwright_runtime::{Interpreter, Program};
//!
//! let machine = r#"{
//!     "StartAt": "Charge",
//!     "States": {
//!         "Charge": {
//!             "Type": "Task",
//!             "Resource": "arn:aws:states:::lambda:invoke",
//!             "Retry": [{ "ErrorEquals": ["CardReaderBusy"] }],
//!             "Next": "Tell"
//!         },
//!         "Tell": { "Type": "Task", "Resource": "arn:aws:states:::sns:publish", "ResultPath": null, "End": true }
//!     }
//! }"#;
//! let program = Program::compile(&machine.parse()?)?;
//! let mocks = Mocks::new()
//!     .state("Charge", Responses::throws("CardReaderBusy", "").times(2).then_returns(json!({ "Payload": "r-7" })))
//!     .resource("arn:aws:states:::sns:publish", Responses::returns(json!({ "MessageId": "m" })));
//! mocks.check(&program)?;
//!
//! let result = Interpreter::new(&program).task_handler(mocks).run_blocking(json!({}))?;
//! assert_eq!(result.output, Some(json!({ "Payload": "r-7" })));
//! assert_eq!((result.stopped_at - result.started_at).num_seconds(), 1 + 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A mock answers for the whole integration: it gives the state's result, so of `lambda:invoke` the envelope around the `Payload`, of a
//! job (`.sync`) what the job came to, and of `.waitForTaskToken` what comes with the token.
//!
//! [`MockFile`] reads the mock configuration of Step Functions Local.

mod file;
mod responses;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value as Json;
use stepwright_asl::error_name;

pub use self::file::{MockFile, MockFileError};
pub use self::responses::Responses;
use crate::program::{Kind, Program};
use crate::task_handler::{BoxFuture, TaskHandler};
pub use crate::task_handler::{TaskFailure, TaskRequest};

/// What a mocked Task state answers.
///
/// [`Responses`] go by the attempt; any `Fn(&TaskRequest) -> Result<Value, TaskFailure>` can go by whatever it likes.
pub trait Mock: Send + Sync {
    /// The answer to one attempt.
    ///
    /// # Errors
    ///
    /// The failure that the state's retriers and catchers see.
    fn answer(&self, request: &TaskRequest) -> Result<Json, TaskFailure>;
}

impl<F> Mock for F
where
    F: Fn(&TaskRequest) -> Result<Json, TaskFailure> + Send + Sync,
{
    fn answer(&self, request: &TaskRequest) -> Result<Json, TaskFailure> {
        self(request)
    }
}

/// Mocks of Task states. As a [`TaskHandler`] they refuse what they do not mock; see [`Mocks::or_else`].
#[derive(Clone, Default)]
#[must_use]
pub struct Mocks {
    states: BTreeMap<String, Arc<dyn Mock>>,
    resources: BTreeMap<String, Arc<dyn Mock>>,
}

/// Mocks name a state that the machine does not have, or that is no Task.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is mocked, but is no Task state of the machine; there are: {}", .tasks.join(", "))]
pub struct UnknownState {
    /// The name.
    pub name: String,
    /// The names of the Task states.
    pub tasks: Vec<String>,
}

impl Mocks {
    /// No mocks yet.
    pub fn new() -> Mocks {
        Mocks::default()
    }

    /// Mocks the Task state of the given name; this goes before what is said of its resource.
    pub fn state(mut self, name: impl Into<String>, mock: impl Mock + 'static) -> Mocks {
        self.states.insert(name.into(), Arc::new(mock));
        self
    }

    /// Mocks all Task states with the given `Resource`.
    pub fn resource(mut self, arn: impl Into<String>, mock: impl Mock + 'static) -> Mocks {
        self.resources.insert(arn.into(), Arc::new(mock));
        self
    }

    /// Lets another handler answer what is not mocked.
    pub fn or_else<H: TaskHandler>(self, handler: H) -> impl TaskHandler + use<H> {
        Mocked { mocks: self, handler }
    }

    /// Looks for the mocked states in a machine: a misspelt name would mock nothing.
    ///
    /// # Errors
    ///
    /// The first name that is not one of a Task state.
    pub fn check(&self, program: &Program) -> Result<(), UnknownState> {
        let tasks = program.machine().states.iter().filter(|state| matches!(state.kind, Kind::Task(_)));
        let tasks: Vec<String> = tasks.map(|state| state.name.to_string()).collect();
        match self.states.keys().find(|name| !tasks.contains(name)) {
            Some(name) => Err(UnknownState { name: name.clone(), tasks }),
            None => Ok(()),
        }
    }

    /// The mocked answer to an attempt; `None` if it is not mocked.
    #[must_use]
    pub fn answer(&self, request: &TaskRequest) -> Option<Result<Json, TaskFailure>> {
        Some(request.conclude(self.mock_of(request)?.answer(request)))
    }

    fn mock_of(&self, request: &TaskRequest) -> Option<&Arc<dyn Mock>> {
        self.states.get(&request.state_name).or_else(|| self.resources.get(&request.resource))
    }
}

impl std::fmt::Debug for Mocks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mocks").field("states", &self.states.keys()).field("resources", &self.resources.keys()).finish()
    }
}

impl TaskHandler for Mocks {
    fn call(&self, request: TaskRequest) -> BoxFuture<'_, Result<Json, TaskFailure>> {
        let answer = self.answer(&request).unwrap_or_else(|| {
            let TaskRequest { state_name, resource, .. } = request;
            Err(unmocked(format!("The state '{state_name}', which calls {resource}, is not mocked.")))
        });
        Box::pin(std::future::ready(answer))
    }

    fn claims(&self, request: &TaskRequest) -> bool {
        self.mock_of(request).is_some()
    }
}

/// Mocks in front of another handler.
struct Mocked<H> {
    mocks: Mocks,
    handler: H,
}

impl<H: TaskHandler> TaskHandler for Mocked<H> {
    fn call(&self, request: TaskRequest) -> BoxFuture<'_, Result<Json, TaskFailure>> {
        match self.mocks.answer(&request) {
            Some(answer) => Box::pin(std::future::ready(answer)),
            None => self.handler.call(request),
        }
    }

    fn claims(&self, request: &TaskRequest) -> bool {
        self.mocks.claims(request) || self.handler.claims(request)
    }
}

/// A hole in the mocks. It has a name that nothing catches, so that no machine can make a success of it.
fn unmocked(cause: String) -> TaskFailure {
    TaskFailure::new(error_name::RUNTIME, cause)
}
