//! What expressions, paths and calls cost: the time of a state that evaluates one, as a multiple of a state that evaluates none.
//!
//! `cargo bench -p stepwright-runtime --bench expressions` prints a line for each; both times are taken in the same run.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a measurement that fails has nothing else to say"
)]

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use stepwright_runtime::{Interpreter, Program};

/// The states of a machine, so that what an execution costs beside them does not show.
const STATES: usize = 200;

fn main() {
    let items: Vec<Value> =
        (0..100).map(|n| json!({ "name": format!("item {n}"), "price": n, "quantity": 2 })).collect();
    let input = json!({ "n": 7, "name": "text", "order": { "total": 12.5 }, "items": items });
    let nothing = time(&json!({}), "JSONata", &input);
    println!("a state alone: {:.0} ns", nothing.as_nanos() as f64 / STATES as f64);
    for expression in [
        "$states.input.n + 1",
        "$states.input.order.total * 1.2",
        "{'a': $states.input.name, 'b': $count($states.input.items)}",
        "$states.input.name & '-' & $states.input.name",
        "$uppercase($states.input.name)",
        "$states.input.items[price > 50].name",
        "$map($states.input.items, function($i) { $i.price * $i.quantity })",
        "$sum($states.input.items.(price * quantity))",
        "$string($states.input.items)",
        "$replace($states.input.name, /t(.)/, '$1')",
    ] {
        report(
            expression,
            time(&json!({ "Assign": { "v": format!("{{% {expression} %}}") } }), "JSONata", &input),
            nothing,
        );
    }
    for path in ["$.order.total", "$.items[?(@.price > 50)].name", "$..price", "States.Format('{}: {}', $.name, $.n)"] {
        report(path, time(&json!({ "Assign": { "v.$": path } }), "JSONPath", &input), nothing);
    }
}

fn report(name: &str, evaluated: Duration, nothing: Duration) {
    println!("{name:72} {:8.1}x", evaluated.as_secs_f64() / nothing.as_secs_f64());
}

/// The shortest time that an execution of states with the given fields takes.
fn time(fields: &Value, language: &str, input: &Value) -> Duration {
    let states = (0..STATES).map(|position| {
        let mut state = fields.clone();
        state["Type"] = "Pass".into();
        match position + 1 {
            STATES => state["End"] = true.into(),
            next => state["Next"] = next.to_string().into(),
        }
        (position.to_string(), state)
    });
    let states: serde_json::Map<String, Value> = states.collect();
    let machine = json!({ "QueryLanguage": language, "StartAt": "0", "States": states });
    let machine = stepwright_asl::StateMachine::from_value(&machine).expect("a machine");
    let program = Program::compile(&machine).expect("a program");
    let interpreter = Interpreter::new(&program).history(false);
    let run = || {
        let started = Instant::now();
        interpreter.run_blocking(input.clone()).expect("no fault");
        started.elapsed()
    };
    let until = Instant::now() + Duration::from_millis(300);
    let mut shortest = run();
    while Instant::now() < until {
        shortest = shortest.min(run());
    }
    shortest
}
