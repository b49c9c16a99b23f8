//! Any text as a definition: it is refused or read, what was read is written again, and the validator ends.

#![no_main]

use libfuzzer_sys::fuzz_target;
use stepwright_asl::{StateMachine, validate};

fuzz_target!(|text: &str| {
    if let Ok(machine) = StateMachine::from_json(text) {
        assert_eq!(StateMachine::from_json(&machine.to_json()).as_ref(), Ok(&machine));
        let _ = validate(&machine);
    }
});
