//! Workflows as users write them: whatever the input and whichever calls fail, the function and its machine do the same.
//!
//! `PROPTEST_CASES=1000` tries that many inputs for each workflow instead of 256.
#![expect(unreachable_pub, reason = "the cases are written as a user's library is")]
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests and examples may panic")]

#[macro_use]
mod support;

mod cases;

/// Leaves the machines of all cases where the validators of `.ci/run` find them.
#[test]
fn export() -> stepwright::build::Outcome {
    stepwright::build::export(concat!(env!("CARGO_TARGET_TMPDIR"), "/cases"))
}
