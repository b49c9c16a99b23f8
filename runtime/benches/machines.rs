//! How fast machines run, as a table.
//!
//! `cargo bench -p stepwright-runtime --bench machines` runs each machine for a while: counter loops and maps in both query languages
//! in states per second, a short express machine with tasks in executions per second on all cores, and what one state costs that does
//! not touch its input, small or large. An argument measures only the lines that contain it.
//!
//! With `STEPWRIGHT_ALS=folder` the loop and the map in JSONPath are measured by node as well: the folder has `als.mjs`, which takes a
//! machine and an input and prints its rate, and the npm package `aws-local-stepfunctions`.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a measurement that fails has nothing else to say"
)]

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use stepwright_runtime::{Interpreter, Program, TaskRequest};

/// The best of so many measurements counts: the machine has other things to do.
const ROUNDS: usize = 3;

fn main() {
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let wanted = |name: &str| only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    for (name, definition, input) in machines().into_iter().filter(|(name, ..)| wanted(name)) {
        let peer = peer(name, &definition, &input);
        for history in [false, true] {
            let interpreter = Interpreter::new(&program(&definition)).history(history);
            let rate = best(|| runtime.block_on(rate(&interpreter, &input)));
            let history = if history { "history" } else { "no history" };
            let ratio = peer.map(|peer| format!("{:.0} times node's", rate / peer)).unwrap_or_default();
            println!("{name:16} {history:10} {rate:12.0} states/s {ratio}");
        }
    }
    if wanted("short express") {
        let rate = best(short_express);
        println!("{:16} {:10} {rate:12.0} executions/s", "short express", "no history");
    }
    for (name, kib) in [("small input", 2), ("large input", 200)].into_iter().filter(|(name, _)| wanted(name)) {
        println!("{name:16} {:10} {:12.0} ns/state", "no history", runtime.block_on(untouched(kib)));
    }
}

fn best(measure: impl FnMut() -> f64) -> f64 {
    std::iter::repeat_with(measure).take(ROUNDS).fold(0.0, f64::max)
}

fn program(definition: &Value) -> Program {
    Program::compile(&stepwright_asl::StateMachine::from_value(definition).expect("a machine")).expect("a program")
}

/// The rate of the fastest peer, where it is at hand and knows the language.
fn peer(name: &str, definition: &Value, input: &Value) -> Option<f64> {
    let folder = std::env::var_os("STEPWRIGHT_ALS").filter(|_| name.ends_with("JSONPath"))?;
    let (kind, _) = name.split_once(' ')?;
    let write = |name: String, json: &Value| {
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, json.to_string()).ok().map(|()| path)
    };
    let machine = write(format!("{kind}_machine.json"), definition)?;
    let input = write(format!("{kind}_input.json"), input)?;
    let script = Path::new(&folder).join("als.mjs");
    let output = Command::new("node").arg(script).args([machine, input]).output().ok()?;
    let told: Value = serde_json::from_slice(&output.stdout).ok()?;
    told.get("median_states_per_second")?.as_f64()
}

/// Executions per second of a short machine with tasks in process, on all cores.
fn short_express() -> f64 {
    let task = |next: Value| {
        let mut task = json!({ "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f" });
        task.as_object_mut().expect("an object").extend(next.as_object().expect("an object").clone());
        task
    };
    let states = json!({
        "Look": task(json!({ "Next": "Enough" })),
        "Enough": { "Type": "Choice", "Choices": [{ "Condition": "{% $states.input.n > 0 %}", "Next": "Take" }], "Default": "Take" },
        "Take": task(json!({ "End": true })),
    });
    let program = program(&json!({ "QueryLanguage": "JSONata", "StartAt": "Look", "States": states }));
    let echo = |request: TaskRequest| std::future::ready(Ok(request.arguments));
    let interpreter = Interpreter::new(&program).history(false).task_handler(echo);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let start = Instant::now();
    let work = |_| {
        let interpreter = interpreter.clone();
        runtime.spawn(async move {
            let mut executions = 0_usize;
            while start.elapsed() < Duration::from_secs(1) {
                for _ in 0..100 {
                    interpreter.run(json!({ "n": 1 })).await.expect("no fault");
                }
                executions += 100;
            }
            executions
        })
    };
    let running: Vec<_> = (0..workers).map(work).collect();
    let executions = running.into_iter().map(|worker| runtime.block_on(worker).expect("a worker")).sum::<usize>();
    executions as f64 / start.elapsed().as_secs_f64()
}

/// What one of a hundred states costs that do not touch their input, in nanoseconds.
async fn untouched(kib: usize) -> f64 {
    let input = json!({ "items": vec!["x".repeat(1_022); kib] });
    let (mut first, mut hundred) = (f64::MAX, f64::MAX);
    for _ in 0..200 {
        first = first.min(seconds(&chain(1), &input).await);
        hundred = hundred.min(seconds(&chain(101), &input).await);
    }
    (hundred - first) / 100.0 * 1e9
}

async fn seconds(interpreter: &Interpreter, input: &Value) -> f64 {
    let input = input.clone();
    let start = Instant::now();
    interpreter.run(input).await.expect("no fault");
    start.elapsed().as_secs_f64()
}

/// A chain of states that hand their input on.
fn chain(length: usize) -> Interpreter {
    let states = (1..=length).map(|at| {
        let next = if at == length {
            json!({ "Type": "Succeed" })
        } else {
            json!({ "Type": "Pass", "Next": format!("S{}", at + 1) })
        };
        (format!("S{at}"), next)
    });
    let states: serde_json::Map<String, Value> = states.collect();
    Interpreter::new(&program(&json!({ "QueryLanguage": "JSONata", "StartAt": "S1", "States": states }))).history(false)
}

async fn rate(interpreter: &Interpreter, input: &Value) -> f64 {
    let (start, mut states) = (Instant::now(), 0);
    while start.elapsed() < Duration::from_secs(1) {
        states += interpreter.run(input.clone()).await.expect("no fault").transitions;
    }
    states as f64 / start.elapsed().as_secs_f64()
}

fn machines() -> Vec<(&'static str, Value, Value)> {
    // From 1: the peer takes an item that is 0 for one that is not there.
    let items: Vec<Value> = (1..=1_000).map(Value::from).collect();
    let end = json!({ "Type": "Succeed" });
    let loop_jsonata = json!({
        "Init": { "Type": "Pass", "Assign": { "n": 0 }, "Next": "Check" },
        "Check": { "Type": "Choice", "Choices": [{ "Condition": "{% $n < 1000 %}", "Next": "Inc" }], "Default": "Done" },
        "Inc": { "Type": "Pass", "Assign": { "n": "{% $n + 1 %}" }, "Next": "Check" },
        "Done": { "Type": "Succeed", "Output": { "n": "{% $n %}" } },
    });
    let loop_path = json!({
        "Init": { "Type": "Pass", "Result": { "n": 0 }, "Next": "Check" },
        "Check": { "Type": "Choice", "Choices": [{ "Variable": "$.n", "NumericLessThan": 1000, "Next": "Inc" }], "Default": "Done" },
        "Inc": { "Type": "Pass", "Parameters": { "n.$": "States.MathAdd($.n, 1)" }, "Next": "Check" },
        "Done": end,
    });
    let map_jsonata = json!({ "Each": { "Type": "Map", "Items": "{% $states.input.items %}", "End": true,
        "ItemProcessor": { "StartAt": "One", "States": { "One": { "Type": "Pass", "End": true,
            "Assign": { "w": "{% $states.input + 1 %}" }, "Output": { "v": "{% $states.input + 1 %}" } } } } } });
    let map_path = json!({ "Each": { "Type": "Map", "ItemsPath": "$.items", "End": true,
        "ItemProcessor": { "StartAt": "One", "States": { "One": { "Type": "Pass", "End": true,
            "Parameters": { "v.$": "States.MathAdd($, 1)" } } } } } });
    let machine = |language: &str, start: &str, states: Value| json!({ "QueryLanguage": language, "StartAt": start, "States": states });
    vec![
        ("loop JSONata", machine("JSONata", "Init", loop_jsonata), json!({})),
        ("loop JSONPath", machine("JSONPath", "Init", loop_path), json!({})),
        ("map JSONata", machine("JSONata", "Each", map_jsonata), json!({ "items": items })),
        ("map JSONPath", machine("JSONPath", "Each", map_path), json!({ "items": items })),
    ]
}
