//! How much memory a waiting execution takes.
//!
//! `cargo bench -p stepwright-runtime --bench waiting` starts 100,000 executions that wait for a point in real time, for a
//! task or for a task token, and prints by how much the process has grown for each. Linux only: the figure is read from `/proc`.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that fails has nothing else to say")]

use futures_util::future::Either;
use serde_json::{Value, json};
use stepwright_asl::StateMachine;
use stepwright_runtime::{Clock, Interpreter, Program, TaskFailure, TaskRequest};

const EXECUTIONS: usize = 100_000;

fn main() {
    let wait = json!({ "Type": "Wait", "Seconds": 3_600, "End": true });
    let resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
    let task = json!({ "Type": "Task", "Resource": resource, "TimeoutSeconds": 3_600, "End": true });
    let untimed = json!({ "Type": "Task", "Resource": resource, "End": true });
    let resource = "arn:aws:states:::lambda:invoke.waitForTaskToken";
    let token = json!({ "Type": "Task", "Resource": resource, "TimeoutSeconds": 3_600, "End": true,
        "Arguments": { "FunctionName": "f", "Payload": "{% $states.context.Task.Token %}" } });
    match std::env::args().nth(1).as_deref() {
        Some("wait") => measure("waiting for a time", &wait),
        Some("untimed") => measure("waiting for a task", &untimed),
        Some("task") => measure("waiting for a task with a time-out", &task),
        Some("token") => measure("waiting for a task token with a time-out", &token),
        // Each in a process of its own, as freed memory is not given back.
        _ => ["wait", "untimed", "task", "token"].into_iter().for_each(again),
    }
}

fn again(what: &str) {
    let status = std::process::Command::new(std::env::current_exe().unwrap()).arg(what).status().unwrap();
    assert!(status.success());
}

fn measure(name: &str, state: &Value) {
    let machine = json!({ "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": state } });
    let program = Program::compile(&StateMachine::from_value(&machine).unwrap()).unwrap();
    // Submits what waits for a token, and never answers anything else.
    let handler = |request: TaskRequest| match request.task_token {
        Some(_) => Either::Left(std::future::ready(Ok::<Value, TaskFailure>(json!({})))),
        None => Either::Right(std::future::pending()),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let _inside = runtime.enter();
    let interpreter = Interpreter::new(&program).clock(Clock::real()).history(false).task_handler(handler);
    let before = resident();
    let mut running: Vec<_> = (0..EXECUTIONS).map(|_| Box::pin(interpreter.run(json!({})))).collect();
    for execution in &mut running {
        assert!(futures_util::FutureExt::now_or_never(execution).is_none(), "an execution has ended");
    }
    println!("{name}: {} bytes each", (resident() - before) / EXECUTIONS);
}

/// The memory that the process has, in bytes.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap();
    status.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4_096
}
