//! Tests of the comparison with what is deployed.

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests fail by panicking")]

mod definitions;
mod documents;
mod schemas;

use serde_json::{Value, json};
use stepwright_asl::StateMachine;
use stepwright_deploy::drift::{Comparison, Deployed, Drift};

/// A machine with these states, the first of which is the start state.
fn machine(states: Value) -> Value {
    let start = states.as_object().and_then(|states| states.keys().next()).unwrap();
    json!({"QueryLanguage": "JSONata", "StartAt": start, "States": states})
}

fn parsed(definition: &Value) -> StateMachine {
    definition.to_string().parse().unwrap_or_else(|errors| panic!("{errors}"))
}

fn drift(ours: &Value, deployed: &Value) -> Drift {
    Comparison::new("orders").compare(&parsed(ours), &Deployed::find(deployed, "orders").unwrap())
}
