//! Executions that wait, of each kind.

use std::pin::Pin;

use futures_util::FutureExt;
use futures_util::future::Either;
use serde_json::{Value, json};
use stepwright_asl::StateMachine;
use stepwright_runtime::{Activities, Clock, ExecutionResult, Fault, Interpreter, Program, TaskFailure, TaskRequest};

/// What executions wait for, and the state that they wait in.
pub(crate) fn kinds() -> Vec<(&'static str, Value)> {
    let function = "arn:aws:lambda:us-east-1:123456789012:function:f";
    let activity = "arn:aws:states:us-east-1:123456789012:activity:a";
    let task = |resource: &str, more: Value| {
        let mut state = json!({ "Type": "Task", "Resource": resource, "End": true });
        state.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        state
    };
    let arguments = json!({ "FunctionName": "f", "Payload": "{% $states.context.Task.Token %}" });
    let token = |mut more: Value| {
        more.as_object_mut().unwrap().insert("Arguments".to_owned(), arguments.clone());
        task("arn:aws:states:::lambda:invoke.waitForTaskToken", more)
    };
    let both = || json!({ "TimeoutSeconds": 3_600, "HeartbeatSeconds": 600 });
    vec![
        ("a time", json!({ "Type": "Wait", "Seconds": 3_600, "End": true })),
        ("a task", task(function, json!({}))),
        ("a task with a time-out", task(function, json!({ "TimeoutSeconds": 3_600 }))),
        ("a task with a time-out and heartbeats", task(function, both())),
        ("a task token", token(json!({}))),
        ("a task token with a time-out", token(json!({ "TimeoutSeconds": 3_600 }))),
        ("a task token with a time-out and heartbeats", token(both())),
        ("a worker", task(activity, json!({}))),
        ("a worker with a time-out and heartbeats", task(activity, both())),
    ]
}

/// Runs machines of just this state in real time; nobody ever answers them.
pub(crate) fn interpreter(state: &Value) -> Interpreter {
    let machine = json!({ "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": state } });
    let program = Program::compile(&StateMachine::from_value(&machine).unwrap()).unwrap();
    // Submits what waits for a token.
    let handler = |request: TaskRequest| match request.task_token {
        Some(_) => Either::Left(std::future::ready(Ok::<Value, TaskFailure>(json!({})))),
        None => Either::Right(std::future::pending()),
    };
    let activities = Activities::new();
    activities.create("a");
    Interpreter::new(&program).clock(Clock::real()).history(false).activities(&activities).task_handler(handler)
}

/// An execution that has come to where it waits.
pub(crate) fn waiting(
    interpreter: &Interpreter,
) -> Pin<Box<impl Future<Output = Result<ExecutionResult, Fault>> + use<>>> {
    let mut execution = Box::pin(interpreter.run(json!({})));
    assert!((&mut execution).now_or_never().is_none(), "the execution has ended");
    execution
}
