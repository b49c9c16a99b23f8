//! Any text as the output of a JSONata state: it is refused, or evaluated within the bounds of time and memory.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::json;
use stepwright_asl::StateMachine;
use stepwright_runtime::{Interpreter, Limits, Program};

fuzz_target!(
    // The interpreter answers for panics of its query engine; the fuzzer's own hook would end at each.
    init: { std::panic::set_hook(Box::new(|_| {})) },
    |text: &str| {
        let state = json!({ "Type": "Pass", "Output": format!("{{%{text}%}}"), "End": true });
        let machine = json!({ "QueryLanguage": "JSONata", "StartAt": "A", "States": { "A": state } });
        let Ok(machine) = StateMachine::from_value(&machine) else { return };
        let Ok(program) = Program::compile(&machine) else { return };
        let mut limits = Limits::default();
        limits.expression_milliseconds = 500;
        let input = json!({ "a": [1, 2.5, { "b": "text" }], "b": "text", "c": null });
        let _ = Interpreter::new(&program).limits(limits).run_blocking(input);
    }
);
