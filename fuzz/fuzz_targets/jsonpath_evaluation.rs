//! Any text as a path, as a call of an intrinsic function and as the pattern of a choice rule: it is refused, or evaluated.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::json;
use stepwright_asl::StateMachine;
use stepwright_runtime::{Interpreter, Program};

fuzz_target!(|text: &str| {
    let rule = json!({ "Variable": "$.b", "StringMatches": text, "Next": "P" });
    for start in ["A", "P", "C"] {
        let states = json!({
            "A": { "Type": "Pass", "InputPath": text, "End": true },
            "P": { "Type": "Pass", "Parameters": { "v.$": text }, "End": true },
            "C": { "Type": "Choice", "Choices": [rule], "Default": "P" },
        });
        let machine = json!({ "StartAt": start, "States": states });
        let Ok(machine) = StateMachine::from_value(&machine) else { continue };
        let Ok(program) = Program::compile(&machine) else { continue };
        let input = json!({ "a": [1, 2.5, { "b": "text" }], "b": "text", "c": null });
        let _ = Interpreter::new(&program).run_blocking(input);
    }
});
