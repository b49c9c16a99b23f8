//! How fast machines run: states entered per second.
//!
//! `cargo bench -p stepwright-runtime` runs each machine for a while and prints its rate. The machines are counter loops and
//! maps in both query languages.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a measurement that fails has nothing else to say"
)]

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use stepwright_runtime::{Interpreter, Program};

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    for (name, definition, input) in machines() {
        if std::env::args().nth(1).is_some_and(|only| !name.contains(&only) && only != "--bench") {
            continue;
        }
        for history in [false, true] {
            let program = Program::compile(&stepwright_asl::StateMachine::from_value(&definition).expect("a machine"));
            let interpreter = Interpreter::new(&program.expect("a program")).history(history);
            let rate = runtime.block_on(rate(&interpreter, &input));
            println!("{name:16} {:10} {rate:12.0} states/s", if history { "history" } else { "no history" });
        }
    }
}

async fn rate(interpreter: &Interpreter, input: &Value) -> f64 {
    let (start, mut states) = (Instant::now(), 0);
    while start.elapsed() < Duration::from_secs(2) {
        states += interpreter.run(input.clone()).await.expect("no fault").transitions;
    }
    states as f64 / start.elapsed().as_secs_f64()
}

fn machines() -> Vec<(&'static str, Value, Value)> {
    let items: Vec<Value> = (0..1_000).map(Value::from).collect();
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
