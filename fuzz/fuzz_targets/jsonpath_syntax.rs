//! Any text as a path and as a call of an intrinsic function.

#![no_main]

use libfuzzer_sys::fuzz_target;
use stepwright_asl::jsonpath::{Intrinsic, Path};

fuzz_target!(|text: &str| {
    let _ = Path::parse(text);
    let _ = Intrinsic::parse(text);
});
