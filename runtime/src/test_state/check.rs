//! What a test must be for its state, in the service's words.

use serde_json::Value as Json;
use stepwright_asl::{State, StateKind, Validation};
use stepwright_services::Strictness;

use super::{FieldValidationMode, TestState, TestStateError, api, context};
use crate::error::{CompileError, Problem};

/// The state under test, of a machine that is valid.
pub(super) fn state_of(settings: &TestState) -> Result<&State, TestStateError> {
    if let Some(message) = Validation::default().check_machine(&settings.machine).invalid_definition() {
        return Err(TestStateError::InvalidDefinition(message));
    }
    let mut states = settings.machine.all_states();
    let placed = states.find(|placed| placed.name == settings.name);
    placed.map(|placed| placed.state).ok_or_else(|| TestStateError::validation("State not found in definition"))
}

/// The error for a definition that has not the form of one.
pub(super) fn refused(definition: &str) -> TestStateError {
    let message = Validation::default().check(definition).invalid_definition();
    TestStateError::InvalidDefinition(message.unwrap_or_else(|| invalid_definition("")))
}

/// The error for a definition with expressions that are none.
pub(super) fn uncompiled(error: &CompileError) -> TestStateError {
    let problem =
        |found: &Problem| format!("SCHEMA_VALIDATION_FAILED: {} at {}", found.message, found.pointer.location());
    let problems: Vec<_> = error.problems.iter().map(problem).collect();
    TestStateError::InvalidDefinition(invalid_definition(&problems.join(", ")))
}

fn invalid_definition(problems: &str) -> String {
    format!("Invalid State Machine Definition: '{problems}'")
}

/// Refuses a test that does not fit its state.
pub(super) fn check(settings: &TestState, state: &State) -> Result<(), TestStateError> {
    check_context_and_reader(settings, state)?;
    let configuration = &settings.configuration;
    let kind = state.kind();
    let Some(mock) = &settings.mock else {
        if configuration.map_iteration_failure_count.is_some() {
            return Err(TestStateError::validation(
                "TestState does not support MapIterationFailureCount when a mock is not specified.",
            ));
        }
        return match kind {
            StateKind::Map | StateKind::Parallel => Err(TestStateError::InvalidDefinition(UNMOCKED.to_owned())),
            StateKind::Task if settings.needs_role && settings.role_arn.is_none() => {
                Err(TestStateError::validation("RoleArn must be specified when testing a Task state"))
            }
            _ => Ok(()),
        };
    };
    if !matches!(kind, StateKind::Task | StateKind::Map | StateKind::Parallel) {
        let kind = kind.as_str();
        return Err(TestStateError::validation(format!(
            "State type '{kind}' is not supported when a mock is specified"
        )));
    }
    if let Some(cause) = &configuration.error_caused_by_state
        && !settings.machine.all_states().any(|placed| placed.name == cause)
    {
        return Err(TestStateError::validation("State not found in definition"));
    }
    match mock {
        Ok(result) => check_result(settings, state, result),
        Err(_) => Ok(()),
    }
}

const UNMOCKED: &str = "TestState API does not support Map or Parallel states. \
     Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]";

fn check_context_and_reader(settings: &TestState, state: &State) -> Result<(), TestStateError> {
    if let Some(context) = &settings.context {
        context::check_context(context, state)?;
    }
    let reads = matches!(state, State::Map(map) if map.item_reader.is_some());
    if reads && settings.configuration.map_item_reader_data.is_none() {
        return Err(TestStateError::validation(
            "ItemReader data must be specified when testing a Map state with ItemReader specified.",
        ));
    }
    Ok(())
}

fn check_result(settings: &TestState, state: &State, result: &Json) -> Result<(), TestStateError> {
    match state {
        State::Task(task) => {
            let strictness = match settings.validation {
                FieldValidationMode::Strict => Strictness::Strict,
                FieldValidationMode::Present => Strictness::Present,
                FieldValidationMode::None => return Ok(()),
            };
            api::check_result(&task.resource, result, strictness, settings.models.as_ref())
        }
        State::Parallel(parallel) => {
            if items(result)?.len() == parallel.branches.len() {
                return Ok(());
            }
            Err(TestStateError::validation(
                "Mocked result must contain the same number of items as number of Parallel branches.",
            ))
        }
        State::Map(map) if map.result_writer.as_ref().is_some_and(|writer| writer.resource.is_some()) => {
            let object = result.as_object().map(|_| ());
            object.ok_or_else(|| TestStateError::validation("Mocked result must be a JSON object."))
        }
        State::Map(_) => {
            let failed = settings.configuration.map_iteration_failure_count.unwrap_or_default();
            if failed <= items(result)?.len() {
                return Ok(());
            }
            Err(TestStateError::validation(
                "Map iteration failure count must be less than or equal to the number of Map iterations",
            ))
        }
        State::Pass(_) | State::Wait(_) | State::Choice(_) | State::Succeed(_) | State::Fail(_) => Ok(()),
    }
}

fn items(result: &Json) -> Result<&Vec<Json>, TestStateError> {
    result.as_array().ok_or_else(|| TestStateError::validation("Mocked result must be an array."))
}
