//! The service's JSON for a test.

use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use stepwright_asl::{State, StateMachine};

use super::run::STATE_NAME;
use super::{Level, TestState, TestStateError, check};
use crate::task_handler::TaskFailure;

/// The request of the service's `TestState`.
///
/// ```
/// use stepwright_runtime::test_state::TestStateRequest;
///
/// let request: TestStateRequest = serde_json::from_str(
///     r#"{ "definition": "{\"Type\": \"Pass\", \"Next\": \"Done\"}", "input": "[1]", "inspectionLevel": "DEBUG" }"#,
/// )?;
/// let tested = request.into_test()?.run_blocking()?;
/// let answer = serde_json::to_value(&tested)?;
/// assert_eq!(answer["nextState"], "Done");
/// assert_eq!(answer["inspectionData"]["input"], "[1]");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct TestStateRequest {
    /// JSON text of a state, or of a machine if there is a `state_name`.
    pub definition: String,
    /// The role; a Task without a mock needs one.
    pub role_arn: Option<String>,
    /// JSON text; `{}` by default.
    pub input: Option<String>,
    /// How much to tell.
    #[serde(default)]
    pub inspection_level: Level,
    /// Whether to show the secrets of an HTTP Task. Nothing is sent here, so there are none.
    #[serde(default)]
    pub reveal_secrets: bool,
    /// JSON text of an object.
    pub variables: Option<String>,
    /// The state under test, at any depth of the machine.
    pub state_name: Option<String>,
    /// What stands in for the state's work.
    pub mock: Option<MockInput>,
    /// JSON text of the context object.
    pub context: Option<String>,
    /// How far the state has come.
    #[serde(default)]
    pub state_configuration: StateConfiguration,
}

/// What stands in for a state's work: one of result and error.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct MockInput {
    /// JSON text.
    pub result: Option<String>,
    /// The failure.
    pub error_output: Option<ErrorOutput>,
    /// How the result is compared with the API that would give it.
    #[serde(default)]
    pub field_validation_mode: FieldValidationMode,
}

/// A mocked failure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct ErrorOutput {
    /// The error name.
    pub error: Option<String>,
    /// The text that explains it.
    pub cause: Option<String>,
}

/// How a mocked result is compared with the model of the API that would give it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum FieldValidationMode {
    /// All required fields are there, and all that are there fit.
    #[default]
    Strict,
    /// The fields that are there fit.
    Present,
    /// Not at all.
    None,
}

/// How far the state under test has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct StateConfiguration {
    /// How often the retrier for the mocked error has been used.
    pub retrier_retry_count: Option<u64>,
    /// The state inside a Parallel or Map that the mocked error comes from.
    pub error_caused_by_state: Option<String>,
    /// How many iterations of a Map have failed.
    pub map_iteration_failure_count: Option<usize>,
    /// What the `ItemReader` of a Map reads.
    pub map_item_reader_data: Option<String>,
}

impl TestStateRequest {
    /// The test that is asked for. Without a mock, it needs a [task handler](TestState::task_handler) to test a Task.
    ///
    /// # Errors
    ///
    /// What the service refuses in a request, whatever its state is.
    pub fn into_test(self) -> Result<TestState, TestStateError> {
        self.check_mock()?;
        let mut test = match &self.state_name {
            Some(name) => {
                let machine = StateMachine::from_json(&self.definition);
                TestState::new(&machine.map_err(|_| check::refused(&self.definition))?, name)
            }
            None => TestState::of_state(&single_state(&self.definition)?),
        };
        if let Some(input) = &self.input {
            test.input = serde_json::from_str(input).map_err(|_| {
                let message = "Invalid State Machine Execution Input: 'Invalid execution input.'";
                TestStateError::InvalidExecutionInput(message.to_owned())
            })?;
        }
        if let Some(variables) = &self.variables {
            test.variables = object(variables, "Variables must be a JSON object.")?;
        }
        if let Some(context) = &self.context {
            test.context = Some(Json::Object(object(
                context,
                "Invalid Context object provided: Context object must be an object",
            )?));
        }
        test.mock = self.mock.as_ref().map(MockInput::answer).transpose()?.flatten();
        test.validation = self.mock.unwrap_or_default().field_validation_mode;
        test.role_arn = self.role_arn;
        test.level = self.inspection_level;
        test.configuration = self.state_configuration;
        test.needs_role = true;
        Ok(test)
    }

    fn check_mock(&self) -> Result<(), TestStateError> {
        let problem = match &self.mock {
            Some(MockInput { result: Some(_), error_output: Some(_), .. }) => {
                "A test mock should have only one of the following fields: [result, errorOutput]."
            }
            Some(_) if self.reveal_secrets => "TestState does not support RevealSecrets when a mock is specified.",
            None if self.context.is_some() => "TestState does not support Context when a mock is not specified.",
            _ => return Ok(()),
        };
        Err(TestStateError::validation(problem))
    }
}

impl MockInput {
    fn answer(&self) -> Result<Option<Result<Json, TaskFailure>>, TestStateError> {
        match (&self.result, &self.error_output) {
            (Some(result), _) => {
                let result = serde_json::from_str(result);
                result
                    .map(|result| Some(Ok(result)))
                    .map_err(|_| TestStateError::validation("Mocked result must be valid JSON"))
            }
            (None, Some(ErrorOutput { error, cause })) => {
                Ok(Some(Err(TaskFailure { error: error.clone(), cause: cause.clone() })))
            }
            (None, None) => Ok(None),
        }
    }
}

/// Reads a definition that is a state; messages name its place in the machine that the service makes around it.
fn single_state(definition: &str) -> Result<State, TestStateError> {
    let state: Json = serde_json::from_str(definition).map_err(|_| check::refused(definition))?;
    let machine = json!({ "StartAt": STATE_NAME, "States": { STATE_NAME: state } });
    let machine = StateMachine::from_value(&machine).map_err(|_| check::refused(&machine.to_string()))?;
    let state = machine.states.get(STATE_NAME).cloned();
    state.ok_or_else(|| TestStateError::validation("State not found in definition"))
}

fn object(text: &str, message: &str) -> Result<Map<String, Json>, TestStateError> {
    serde_json::from_str(text).map_err(|_| TestStateError::validation(message))
}
