//! Any text as a definition: it is refused or read, what was read is written again, and the validator ends.

#![no_main]

use libfuzzer_sys::fuzz_target;
use stepwright_asl::{ExecutionType, Severity, StateMachine, Validation};

fuzz_target!(|text: &str| {
    for machine_type in [ExecutionType::Standard, ExecutionType::Express] {
        let report = Validation { machine_type, severity: Severity::Warning, max_results: 0 }.check(text);
        if let Ok(machine) = StateMachine::from_json(text) {
            assert_eq!(StateMachine::from_json(&machine.to_json()).as_ref(), Ok(&machine));
        } else {
            assert!(!report.is_ok());
        }
    }
});
