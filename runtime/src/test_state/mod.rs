//! Tests of single states: the service's `TestState` as a library call.
//!
//! A [`TestState`] runs one state of a machine once, with the input, the variables and the mocked answer that the test gives, and tells
//! what came of it, down to each step of the data's way. It is the interpreter's own work on the state, so what a test shows is what
//! an execution does. [`TestStateRequest`] is the same in the service's JSON.
//!
//! ```
//! use serde_json::json;
//! use stepwright_runtime::test_state::{Level, Status, TestState};
//!
//! let machine = r#"{
//!     "StartAt": "Charge",
//!     "States": {
//!         "Charge": {
//!             "Type": "Task",
//!             "Resource": "arn:aws:states:::lambda:invoke",
//!             "Parameters": { "FunctionName": "charge", "Payload": { "cents.$": "$.amount" } },
//!             "ResultSelector": { "receipt.$": "$.Payload.id" },
//!             "ResultPath": "$.payment",
//!             "Retry": [{ "ErrorEquals": ["CardReaderBusy"], "IntervalSeconds": 2 }],
//!             "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Refuse" }],
//!             "End": true
//!         },
//!         "Refuse": { "Type": "Fail" }
//!     }
//! }"#.parse()?;
//! let charge = TestState::new(&machine, "Charge").input(json!({ "amount": 5 })).inspect(Level::Debug);
//!
//! let tested = charge.clone().mock_result(json!({ "Payload": { "id": "r-7" } })).run_blocking()?;
//! assert_eq!(tested.status, Status::Succeeded);
//! assert_eq!(tested.output, Some(json!({ "amount": 5, "payment": { "receipt": "r-7" } })));
//! let seen = tested.inspection_data.expect("asked for");
//! assert_eq!(seen.after_parameters, Some(json!({ "FunctionName": "charge", "Payload": { "cents": 5 } })));
//!
//! // The second retry of three waits twice as long as the first.
//! let tested = charge.clone().mock_error("CardReaderBusy", "").retries(1).run_blocking()?;
//! assert_eq!(tested.status, Status::Retriable);
//! let details = tested.inspection_data.and_then(|seen| seen.error_details).expect("an error");
//! assert_eq!(details.retry_backoff_interval_seconds, Some(4));
//!
//! let tested = charge.mock_error("CardExpired", "since May").run_blocking()?;
//! assert_eq!((tested.status, tested.next_state.as_deref()), (Status::CaughtError, Some("Refuse")));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Where it differs from the service: a Task without a mock calls the [task handler](TestState::task_handler) and needs no role, an
//! HTTP Task shows no request and response, and a mocked result of an API that there is no model of is refused, not taken.

mod api;
mod check;
mod context;
mod error;
mod inspection;
mod request;
mod run;

use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value as Json};
use stepwright_asl::{State, StateMachine};
pub use stepwright_services::{CommonModels, ModelError, ModelFolder, ServiceModel, ServiceModels};

pub use self::error::TestStateError;
pub use self::inspection::{ErrorDetails, InspectionData, Level};
pub use self::request::{ErrorOutput, FieldValidationMode, MockInput, StateConfiguration, TestStateRequest};
use crate::task_handler::{TaskFailure, TaskHandler};

/// A test of one state that is being set up.
#[derive(Clone)]
#[must_use = "a state is tested when `.run()` is awaited"]
pub struct TestState {
    machine: StateMachine,
    /// The name of the state in the machine.
    name: String,
    input: Json,
    variables: Map<String, Json>,
    context: Option<Json>,
    role_arn: Option<String>,
    /// Whether a Task without a mock needs a role, as in the service.
    needs_role: bool,
    mock: Option<Result<Json, TaskFailure>>,
    validation: FieldValidationMode,
    models: Arc<dyn ServiceModels>,
    configuration: StateConfiguration,
    level: Level,
    handler: Option<Arc<dyn TaskHandler>>,
}

impl fmt::Debug for TestState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TestState { name, input, level, .. } = self;
        f.debug_struct("TestState")
            .field("name", name)
            .field("input", input)
            .field("level", level)
            .finish_non_exhaustive()
    }
}

/// What came of a tested state.
///
/// Serialized it is the service's answer, in which values are JSON texts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TestedState {
    /// How the state ended.
    pub status: Status,
    /// The output, if there is a next state or the state ended well.
    #[serde(serialize_with = "inspection::as_text", skip_serializing_if = "Option::is_none")]
    pub output: Option<Json>,
    /// The error name, if the state's work failed with one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The cause, if the state's work failed with one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// The state that would be next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_state: Option<String>,
    /// How the data was treated, from [`Level::Debug`] on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inspection_data: Option<InspectionData>,
}

/// How a tested state ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// Well.
    Succeeded,
    /// With an error that is neither tried again nor caught.
    Failed,
    /// With an error for which it would be tried again.
    Retriable,
    /// With an error that a catcher handled.
    CaughtError,
}

impl TestState {
    /// A test of the named state, at any depth of the machine; its input is `{}` until told otherwise.
    pub fn new(machine: &StateMachine, state: &str) -> TestState {
        TestState {
            machine: machine.clone(),
            name: state.to_owned(),
            input: Json::Object(Map::new()),
            variables: Map::new(),
            context: None,
            role_arn: None,
            needs_role: false,
            mock: None,
            validation: FieldValidationMode::default(),
            models: Arc::new(CommonModels),
            configuration: StateConfiguration::default(),
            level: Level::default(),
            handler: None,
        }
    }

    /// A test of a state that stands in no machine; what it leads to need not exist.
    pub fn of_state(state: &State) -> TestState {
        TestState::new(&run::machine_around(state.clone(), None), run::STATE_NAME)
    }

    /// The state's input.
    pub fn input(mut self, input: Json) -> TestState {
        self.input = input;
        self
    }

    /// The variables before the state, by name; by default there are none.
    pub fn variables(mut self, variables: Map<String, Json>) -> TestState {
        self.variables = variables;
        self
    }

    /// The context object, all of it; by default it is that of an express execution of this state.
    pub fn context(mut self, context: Json) -> TestState {
        self.context = Some(context);
        self
    }

    /// The role that the default context object shows.
    pub fn role_arn(mut self, role_arn: impl Into<String>) -> TestState {
        self.role_arn = Some(role_arn.into());
        self
    }

    /// The result of the state's work: of a Task what is called answers, of a Parallel or Map the outputs of branches or iterations.
    ///
    /// The result of a service integration is compared with the model of the API, [as asked for](TestState::validation).
    pub fn mock_result(mut self, result: Json) -> TestState {
        self.mock = Some(Ok(result));
        self
    }

    /// The failure of the state's work.
    pub fn mock_error(mut self, error: impl Into<String>, cause: impl Into<String>) -> TestState {
        self.mock = Some(Err(TaskFailure::new(error, cause)));
        self
    }

    /// How a mocked result is compared with the API that would give it; strictly by default.
    pub fn validation(mut self, mode: FieldValidationMode) -> TestState {
        self.validation = mode;
        self
    }

    /// Where the models of APIs come from; by default from [`CommonModels`].
    pub fn models(mut self, models: impl ServiceModels + 'static) -> TestState {
        self.models = Arc::new(models);
        self
    }

    /// How often the retrier for the mocked error has been used before; 0 by default.
    pub fn retries(mut self, count: u64) -> TestState {
        self.configuration.retrier_retry_count = Some(count);
        self
    }

    /// How many iterations of a Map have failed. It matters only where the Map says how many failures it tolerates.
    pub fn failed_iterations(mut self, count: usize) -> TestState {
        self.configuration.map_iteration_failure_count = Some(count);
        self
    }

    /// The state inside a Parallel or Map that the mocked error comes from. It has to exist; the outcome is the same for all.
    pub fn error_caused_by(mut self, state: impl Into<String>) -> TestState {
        self.configuration.error_caused_by_state = Some(state.into());
        self
    }

    /// What the `ItemReader` of a Map reads, as it is in the object.
    pub fn item_reader_data(mut self, data: impl Into<String>) -> TestState {
        self.configuration.map_item_reader_data = Some(data.into());
        self
    }

    /// How much the test tells; the outcome only by default.
    pub fn inspect(mut self, level: Level) -> TestState {
        self.level = level;
        self
    }

    /// Who answers a Task state that is not mocked; without, testing one is a [`Fault`](crate::Fault).
    pub fn task_handler(mut self, handler: impl TaskHandler + 'static) -> TestState {
        self.handler = Some(Arc::new(handler));
        self
    }

    /// Tests the state, in virtual time: five minutes at most, as in the service.
    ///
    /// # Errors
    ///
    /// If the test cannot be made, see [`TestStateError`]; not if the state fails.
    pub async fn run(&self) -> Result<TestedState, TestStateError> {
        run::run(self).await
    }

    /// The same on this thread, inside a tokio runtime made for it.
    ///
    /// # Errors
    ///
    /// As [`run`](TestState::run); or if there is no runtime to be had (within another runtime, for one).
    pub fn run_blocking(&self) -> Result<TestedState, TestStateError> {
        crate::driver::block_on(self.run())?
    }
}
