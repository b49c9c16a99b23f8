//! The state machines that recorded executions start.

use serde_json::{Value, json};
use stepwright_runtime::{Program, StateMachines};

/// The machine that a case starts: what it does was not recorded, but what came of it was.
pub(crate) fn of(case: &Value) -> StateMachines {
    let exists = !case["expected_error"].as_str().is_some_and(|error| error.ends_with("DoesNotExistException"));
    let arn = case["input"]["StateMachineArn"].as_str().filter(|_| exists);
    arn.map_or_else(StateMachines::new, |arn| StateMachines::new().with(arn, &program(case)))
}

fn program(case: &Value) -> Program {
    let output = case["expected_output"]["Output"].as_str();
    let output: Option<Value> = output.and_then(|text| serde_json::from_str(text).ok());
    let state = match (&case["expected_cause"], output) {
        (Value::Object(end), _) => {
            let mut fail = json!({ "Type": "Fail" });
            for name in ["Error", "Cause"] {
                if let Some(text) = end.get(name) {
                    fail[name] = text.clone();
                }
            }
            fail
        }
        (_, Some(output)) => json!({ "Type": "Pass", "Result": output, "End": true }),
        (_, None) => json!({ "Type": "Succeed" }),
    };
    let machine = json!({ "StartAt": "End", "States": { "End": state } });
    Program::compile(&stepwright_asl::StateMachine::from_value(&machine).unwrap()).unwrap()
}
