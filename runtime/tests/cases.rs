//! Small machines and what has to come of them, state type by state type.
//!
//! Each file of `tests/cases` is a list of cases. A case has a `name`, the `states` of a machine that begins with the first of them (JSONata
//! unless `language` says otherwise), an `input` (`{}`), what its Lambda `functions` answer, call by call (the last answer stays), and what to
//! expect: an `output`, or an `error` with its `cause`; further the virtual `seconds` it takes, the `calls` in order, and the `events`
//! as `id<-previous type`.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has told what it has to tell")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::DateTime;
use serde_json::{Value, json};
use stepwright_asl::StateMachine;
use stepwright_runtime::{
    BoxFuture, Clock, ExecutionResult, Interpreter, Program, TaskFailure, TaskHandler, TaskRequest,
};

#[test]
fn machines_do_what_they_should() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        cases.iter().for_each(|case| check(&file.file_stem().unwrap().to_string_lossy(), case));
    }
}

fn check(topic: &str, case: &Value) {
    let name = format!("{topic}: {}", case["name"].as_str().unwrap());
    let functions = Functions::of(case);
    let calls = Arc::clone(&functions.calls);
    let states = case["states"].as_object().unwrap();
    let definition = json!({
        "QueryLanguage": case.get("language").unwrap_or(&json!("JSONata")),
        "StartAt": states.keys().next().unwrap(),
        "States": states,
    });
    let compiled = StateMachine::from_value(&definition).map_err(|errors| errors.to_string());
    let compiled = compiled.and_then(|machine| Program::compile(&machine).map_err(|error| error.to_string()));
    if let Some(problem) = case.get("problem") {
        assert_eq!(problem, &json!(compiled.unwrap_err()), "{name}");
        return;
    }
    let program = compiled.map_err(|problem| format!("{name}: {problem}")).unwrap();
    let input = case.get("input").cloned().unwrap_or(json!({}));
    let clock = Clock::virtual_at(DateTime::from_timestamp(1_700_000_000, 0).unwrap());
    let result = Interpreter::new(&program).clock(clock).task_handler(functions).run_blocking(input).unwrap();
    for (aspect, found) in found(&result, &calls.lock().unwrap()) {
        if let Some(expected) = case.get(aspect) {
            assert_eq!(expected, &found, "{name}: {aspect}\n{}", json!(events(&result)));
        }
    }
    assert!(case.get("output").is_some() || case.get("error").is_some(), "{name}: expects nothing");
}

fn found(result: &ExecutionResult, calls: &[String]) -> [(&'static str, Value); 6] {
    [
        ("output", json!(result.output)),
        ("error", json!(result.error)),
        ("cause", json!(result.cause)),
        ("seconds", json!((result.stopped_at - result.started_at).num_seconds())),
        ("calls", json!(calls)),
        ("events", json!(events(result))),
    ]
}

fn events(result: &ExecutionResult) -> Vec<String> {
    let event = |event: &stepwright_runtime::HistoryEvent| {
        format!("{}<-{} {}", event.id(), event.previous_event_id(), event.event_type())
    };
    result.history.iter().map(event).collect()
}

/// The Lambda functions of a case: what each answers next.
struct Functions {
    answers: Mutex<HashMap<String, Vec<Value>>>,
    calls: Arc<Mutex<Vec<String>>>,
}

impl Functions {
    fn of(case: &Value) -> Functions {
        let functions = case["functions"].as_object().cloned().unwrap_or_default();
        let answers = functions.into_iter().map(|(name, answers)| (name, answers.as_array().unwrap().clone()));
        Functions { answers: Mutex::new(answers.collect()), calls: Arc::default() }
    }

    fn next(&self, name: &str) -> Value {
        self.calls.lock().unwrap().push(name.to_owned());
        let mut answers = self.answers.lock().unwrap();
        let answers = answers.get_mut(name).unwrap();
        if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() }
    }
}

impl TaskHandler for Functions {
    fn call(&self, request: TaskRequest) -> BoxFuture<'_, Result<Value, TaskFailure>> {
        Box::pin(async move {
            let call = request.lambda().unwrap();
            let answer = self.next(call.function);
            if let Some(seconds) = answer["sleep"].as_u64() {
                request.clock.sleep(Duration::from_secs(seconds)).await;
            }
            let text = |key: &str| answer[key].as_str().map(str::to_owned);
            match (answer.get("echo"), text("error")) {
                (Some(_), _) => Ok(call.result(call.event()?)),
                (None, None) => Ok(call.result(answer["return"].clone())),
                (None, error) => Err(TaskFailure { error, cause: text("cause") }),
            }
        })
    }
}
