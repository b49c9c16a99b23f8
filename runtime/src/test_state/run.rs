//! From a test to its outcome.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{Either, select};
use serde_json::Value as Json;
use stepwright_asl::{QueryLanguage, State, StateMachine, Succeed, error_name};

use super::{Level, Status, TestState, TestStateError, TestedState, check};
use crate::context_object::Identity;
use crate::driver;
use crate::error::{Failure, Fault};
use crate::execution::{Execution, Frame};
use crate::interpreter::Interpreter;
use crate::mocks::Mocks;
use crate::object_store::{ObjectEntry, ObjectError, ObjectStore};
use crate::program::{Machine, Program};
use crate::scope::{Scope, VariableId};
use crate::step::Outcome;
use crate::step::tested::{Tested, test};
use crate::task_handler::{BoxFuture, TaskRequest};
use crate::trial::{StandIn, Trial};
use crate::value::{DEEPEST, Value, is_too_deep};

/// The name that the service gives every state under test.
pub(super) const STATE_NAME: &str = "StateName";

/// How long a test may take.
const LIMIT: Duration = Duration::from_secs(300);

/// A machine of the one state. Where it leads there are states that nothing enters.
pub(super) fn machine_around(state: State, language: Option<QueryLanguage>) -> StateMachine {
    let targets: Vec<String> = state.transitions().iter().map(|transition| transition.target.to_owned()).collect();
    let mut states = stepwright_asl::States::new();
    states.insert(STATE_NAME.to_owned(), state);
    for target in targets {
        states.entry(target).or_insert_with(|| Succeed::default().into());
    }
    StateMachine { start_at: STATE_NAME.to_owned(), states, query_language: language, ..StateMachine::default() }
}

pub(super) async fn run(settings: &TestState) -> Result<TestedState, TestStateError> {
    let state = check::state_of(settings)?;
    check::check(settings, state)?;
    let language = settings.machine.language_of(state);
    let definition = machine_around(state.clone(), Some(language));
    let program = Program::compile(&definition).map_err(|error| check::uncompiled(&error))?;
    let execution = execution(settings, state, &program)?;
    let mut frame = Frame::outermost(false, execution.origin.input.clone());
    frame.scope = scope(settings, program.machine());
    let retries = settings.configuration.retrier_retry_count.unwrap_or_default();
    let tested = drive(&execution, &mut frame, retries).await?;
    Ok(outcome(settings, &execution, &frame, tested))
}

async fn drive(execution: &Execution, frame: &mut Frame, retries: u64) -> Result<Tested, Fault> {
    let start = execution.settings.program.machine().start;
    let work = async {
        let work = pin!(test(execution, frame, start, retries));
        match select(work, pin!(execution.clock.sleep(LIMIT))).await {
            Either::Left((tested, _)) => tested,
            Either::Right(((), _)) => Ok(Tested::Failed(timed_out())),
        }
    };
    driver::drive(&execution.clock, Box::pin(work)).await
}

fn timed_out() -> Failure {
    Failure { error: Some(error_name::TIMEOUT.to_owned()), cause: None, is_heartbeat: false, event: 0 }
}

/// An execution of the state, in which the mock answers.
fn execution(settings: &TestState, state: &State, program: &Program) -> Result<Execution, TestStateError> {
    if is_too_deep(&settings.input) {
        return Err(Fault::Unsupported(format!("an input that is nested more than {DEEPEST} levels deep")).into());
    }
    let mut interpreter = Interpreter::new(program).history(false).identity(identity(settings));
    if let Some(handler) = &settings.handler {
        interpreter = interpreter.shared_task_handler(Arc::clone(handler));
    }
    if let Some(data) = &settings.configuration.map_item_reader_data {
        interpreter = interpreter.object_store(ReaderData(data.clone()));
    }
    let mut stand_in = None;
    match (&settings.mock, state) {
        (Some(answer), State::Task(_)) => {
            let answer = answer.clone();
            let mock = move |_: &TaskRequest| answer.clone();
            interpreter = interpreter.task_handler(Mocks::new().state(STATE_NAME, mock));
        }
        (Some(answer), _) => {
            let failed_iterations = settings.configuration.map_iteration_failure_count.unwrap_or_default();
            stand_in = Some(StandIn { answer: answer.clone().map(Value::from), failed_iterations });
        }
        (None, _) => {}
    }
    let mut execution = Execution::new(interpreter.settings(), Value::from(settings.input.clone()));
    let context = settings.context.as_ref().map(Value::from);
    execution.trial = Some(Box::new(Trial::new(settings.input.clone(), context, stand_in)));
    Ok(execution)
}

fn identity(settings: &TestState) -> Identity {
    let of = Identity::of("TestState", "test");
    let execution_id = of.execution_id.replace(":execution:", ":express:");
    Identity { execution_id, role_arn: settings.role_arn.clone().unwrap_or_default(), ..of }
}

/// The variables that are given and occur in the state.
fn scope(settings: &TestState, machine: &Machine) -> Scope {
    let mut scope = Scope::default();
    let given = (0..).zip(&machine.variables);
    scope.set(
        given.filter_map(|(index, name)| Some((VariableId(index), settings.variables.get(name.as_ref())?.into()))),
    );
    scope
}

fn outcome(settings: &TestState, execution: &Execution, frame: &Frame, tested: Tested) -> TestedState {
    let machine = execution.settings.program.machine();
    let (status, failure, outcome) = match tested {
        Tested::Succeeded(outcome) => (Status::Succeeded, None, Some(outcome)),
        Tested::Caught(failure, outcome) => (Status::CaughtError, Some(failure), Some(outcome)),
        Tested::Retriable(failure) => (Status::Retriable, Some(failure), None),
        Tested::Failed(failure) => (Status::Failed, Some(failure), None),
    };
    let (output, next) = match outcome {
        Some(Outcome::Next(next, output)) => (Some(output), machine.state(next)),
        Some(Outcome::End(output)) => (Some(output), None),
        None => (None, None),
    };
    let (error, cause) = failure.map_or((None, None), |failure| (failure.error, failure.cause));
    let seen = execution.trial.as_ref().filter(|_| settings.level > Level::Info).map(|trial| {
        let mut seen = trial.seen();
        seen.variables = variables(settings, machine, &frame.scope);
        seen
    });
    TestedState {
        status,
        output: output.map(|output| output.to_json()),
        error,
        cause,
        next_state: next.map(|state| state.name.to_string()),
        inspection_data: seen,
    }
}

/// The variables that were given, as the state left them, and those that it set.
fn variables(settings: &TestState, machine: &Machine, scope: &Scope) -> Option<Json> {
    let mut variables = settings.variables.clone();
    for (index, name) in (0..).zip(&machine.variables) {
        if let Some(value) = scope.get(VariableId(index)) {
            variables.insert(name.to_string(), value.to_json());
        }
    }
    (!variables.is_empty()).then_some(Json::Object(variables))
}

/// What an `ItemReader` reads in a test, wherever it looks.
struct ReaderData(String);

impl ObjectStore for ReaderData {
    fn get(&self, _: &str, _: &str) -> BoxFuture<'_, Result<Vec<u8>, ObjectError>> {
        Box::pin(std::future::ready(Ok(self.0.clone().into_bytes())))
    }

    fn list(&self, _: &str, _: &str) -> BoxFuture<'_, Result<Vec<ObjectEntry>, ObjectError>> {
        Box::pin(std::future::ready(listing(&self.0)))
    }

    fn put(&self, _: &str, _: &str, _: Vec<u8>) -> BoxFuture<'_, Result<(), ObjectError>> {
        Box::pin(std::future::ready(Err(ObjectError::Other("a test writes nothing".to_owned()))))
    }
}

/// The objects of a listing in the form of the items that it gives.
fn listing(data: &str) -> Result<Vec<ObjectEntry>, ObjectError> {
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Entry {
        key: String,
        #[serde(default)]
        etag: String,
        #[serde(default)]
        size: u64,
        #[serde(default)]
        last_modified: i64,
    }
    let entries: Vec<Entry> =
        serde_json::from_str(data).map_err(|error| ObjectError::Other(format!("no listing of objects: {error}")))?;
    let entry = |Entry { key, etag, size, last_modified }| ObjectEntry {
        key,
        etag,
        size,
        last_modified: chrono::DateTime::from_timestamp(last_modified, 0).unwrap_or_default(),
    };
    Ok(entries.into_iter().map(entry).collect())
}
