//! The program as Lambda starts it: each task with the events that the exported machines send.

use std::{collections::BTreeMap, process::Command};

use serde_json::{Value, json};
use stepwright::{
    Call,
    mocks::{Mocks, TaskFailure, TaskRequest},
};
use stepwright_examples::orders;

use super::{function::Function, service::Service};

const EXAMPLES: &str = env!("CARGO_BIN_EXE_stepwright-examples");
const SERVED: &str = env!("CARGO_BIN_EXE_served");

fn customer(card: &str) -> Value {
    json!({ "customer": { "name": "Ann", "card-token": card }, "amount": 16 })
}

fn error(name: &str, message: &str) -> Value {
    json!({ "errorType": name, "errorMessage": message })
}

#[test]
fn tasks_of_orders_answer_events() {
    let charge = Function::of(EXAMPLES, "charge");
    assert_eq!(charge.call(&customer("ok")), Ok(json!({ "id": "r-Ann", "charged": 16 })));
    let declined = error("PaymentError.Declined", r#"{"Declined":{"code":"51"}}"#);
    assert_eq!(charge.call(&customer("declined")), Err(declined));
    assert_eq!(charge.call(&customer("down")), Err(error("PaymentError.Gateway", r#""Gateway""#)));

    let pick = Function::of(EXAMPLES, "pick");
    assert_eq!(pick.call(&json!({ "sku": "a", "quantity": 2, "unitPrice": 5 })), Ok(json!("2xa")));
    let pack = Function::of(EXAMPLES, "pack");
    assert_eq!(pack.call(&json!(["2xa", "1xb", "3xc"])), Ok(json!(["2xa+1xb", "3xc"])));
    let label = Function::of(EXAMPLES, "print_label");
    assert_eq!(label.call(&json!({ "order_id": "o1", "name": "Ann" })), Ok(json!("o1/Ann")));
}

#[test]
fn an_event_that_does_not_fit_is_told_with_its_path() {
    let charge = Function::of(EXAMPLES, "charge");
    let mut event = customer("ok");
    event["customer"]["card-token"] = json!(5);
    let message = "`customer`: card-token: invalid type: integer `5`, expected a string";
    assert_eq!(charge.call(&event), Err(error("InvalidArguments", message)));
    let message = "`customer`: invalid type: null, expected struct Customer";
    assert_eq!(charge.call(&json!({})), Err(error("InvalidArguments", message)));
    let message =
        r#"`charge` takes an object with its arguments by name, {"customer": …, "amount": …}, and not an array"#;
    assert_eq!(charge.call(&json!([customer("ok"), 16])), Err(error("InvalidArguments", message)));
    let message = r#"`panics` takes an object with its arguments by name, {"text": …}, and not a string"#;
    assert_eq!(Function::of(SERVED, "panics").call(&json!("a")), Err(error("InvalidArguments", message)));
    assert!(charge.invoke("{no json").is_err());
    assert_eq!(charge.call(&customer("ok")), Ok(json!({ "id": "r-Ann", "charged": 16 })));
}

#[test]
fn a_panic_fails_one_invocation() {
    let panics = Function::of(SERVED, "panics");
    for text in ["a", "b"] {
        assert_eq!(panics.call(&json!({ "text": text })), Err(error("Panic", &format!("no {text}"))));
    }
}

#[test]
fn payloads_are_those_of_machines() {
    assert_eq!(Function::of(SERVED, "nothing").call(&json!({})), Ok(json!(7)));
    let maybe = Function::of(SERVED, "maybe");
    assert_eq!(maybe.call(&json!({ "text": "x" })), Ok(json!("x")));
    assert_eq!(maybe.call(&json!({ "text": null })), Ok(json!("none")));
}

#[test]
fn what_is_shared_is_made_once() {
    let shared = Function::of(SERVED, "shared");
    assert_eq!(shared.call(&json!({})), Ok(json!([1, 1])));
    assert_eq!(shared.call(&json!({})), Ok(json!([2, 1])));
}

#[test]
fn a_task_knows_its_invocation() {
    let invocation = Function::of(SERVED, "invocation");
    assert_eq!(invocation.call(&json!({})), Ok(json!(["request-1", 4_000_000_000_u64])));
}

#[test]
fn a_task_answers_its_token_through_the_service() {
    let service = Service::start();
    let ask = Function::start(SERVED, |command| {
        service.known_to(command.env("STEPWRIGHT_TASK", "ask"));
    });
    let asked =
        |question: &str, token: &str| (ask.call(&json!({ "question": question, "token": token })), service.told());
    let told = |operation: &str, input: Value| (operation.to_owned(), input);
    let succeeded = told("SendTaskSuccess", json!({ "taskToken": "t-1", "output": "true" }));
    assert_eq!(asked("really?", "t-1"), (Ok(Value::Null), succeeded));
    let cause = r#"{"Refused":{"why":"refused?"}}"#;
    let failed = told("SendTaskFailure", json!({ "taskToken": "t-2", "error": "WorkError.Refused", "cause": cause }));
    assert_eq!(asked("refused?", "t-2"), (Ok(Value::Null), failed));
    let alive = told("SendTaskHeartbeat", json!({ "taskToken": "t-3" }));
    assert_eq!(asked("alive?", "t-3"), (Ok(Value::Null), alive));
    for (token, why) in [("gone-1", "TimedOut"), ("unknown-1", "Unknown"), ("bad-1", "Invalid")] {
        let refused = error("WorkError.Refused", &json!({ "Refused": { "why": why } }).to_string());
        assert_eq!(asked("really?", token).0, Err(refused));
    }
}

#[test]
fn the_handler_names_the_task_where_the_variable_is_not_set() {
    let pick = Function::start(EXAMPLES, |command| {
        command.env("_HANDLER", "pick");
    });
    assert_eq!(pick.call(&json!({ "sku": "a", "quantity": 2, "unitPrice": 5 })), Ok(json!("2xa")));
}

#[test]
fn a_name_that_no_task_has_fails_each_invocation() {
    let chrage = Function::of(EXAMPLES, "chrage");
    for _ in 0..2 {
        let failure = chrage.call(&customer("ok")).unwrap_err();
        assert_eq!(failure["errorType"], "NoTask");
        let message = failure["errorMessage"].as_str().unwrap();
        assert!(
            message.starts_with("STEPWRIGHT_TASK leads to no task: no task `chrage` in this program;"),
            "{message}"
        );
        assert!(message.ends_with("did you mean `charge`?"), "{message}");
    }
    let unnamed = Function::start(EXAMPLES, |_: &mut Command| ()).call(&customer("ok")).unwrap_err();
    let message = unnamed["errorMessage"].as_str().unwrap();
    assert!(message.starts_with("the function's Handler leads to no task: no task `bootstrap`"), "{message}");
    let none = Function::start(EXAMPLES, |command| {
        command.env_remove("_HANDLER");
    });
    let message = none.call(&customer("ok")).unwrap_err()["errorMessage"].to_string();
    assert!(
        message.contains("neither STEPWRIGHT_TASK nor the function's Handler names a task; there are: "),
        "{message}"
    );
}

#[test]
fn what_is_set_up_is_there_before_the_first_invocation() {
    assert_eq!(Function::of(SERVED, "is_set_up").call(&json!({})), Ok(json!(true)));
}

/// What `lambda:invoke` makes of a call.
fn invoke(functions: &BTreeMap<&str, Function>, request: &TaskRequest) -> Result<Value, TaskFailure> {
    let lambda = request.lambda().unwrap();
    let event = lambda.event()?;
    match functions[lambda.function].invoke(&event.to_string()) {
        Ok(result) => Ok(lambda.result(serde_json::from_str(&result).unwrap())),
        Err(report) => {
            let body: Value = serde_json::from_str(&report).unwrap();
            Err(TaskFailure::new(body["errorType"].as_str().unwrap(), report))
        }
    }
}

#[tokio::test]
async fn the_exported_machine_runs_on_the_functions_as_it_does_on_the_tasks() {
    let runs: Value = serde_json::from_str(include_str!("../acceptance/runs.json")).unwrap();
    let runs = runs.as_array().unwrap().iter().find(|of| of["workflow"] == "orders::fulfil").unwrap();
    for run in runs["runs"].as_array().unwrap() {
        let names = ["charge", "pick", "pack", "print_label"];
        let functions: BTreeMap<_, _> = names.iter().map(|name| (*name, Function::of(EXAMPLES, name))).collect();
        let functions = std::sync::Mutex::new(functions);
        let answer = move |request: &TaskRequest| invoke(&functions.lock().unwrap(), request);
        let mocks = Mocks::new().resource("arn:aws:states:::lambda:invoke", answer);
        let served = orders::fulfil::local().mocks(mocks).run_json(run["input"].clone()).await;
        let local = orders::fulfil::local().run_json(run["input"].clone()).await;
        assert_eq!(served.result(), local.result(), "{}", run["input"]);
        let tasks = |calls: &[Call]| calls.iter().map(|call| call.task.clone()).collect::<Vec<_>>();
        assert_eq!(tasks(served.calls()), tasks(local.calls()));
        assert_eq!(served.transitions(), local.transitions());
    }
}
