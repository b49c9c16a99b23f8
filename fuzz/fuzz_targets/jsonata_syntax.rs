//! Any text as a JSONata expression: a tree or an error within the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use stepwright_asl::jsonata;

fuzz_target!(|text: &str| {
    if let Err(error) = jsonata::parse(text) {
        assert!(error.at <= text.len());
    }
});
