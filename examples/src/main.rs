//! Exports and runs the examples: `cargo run -p stepwright-examples -- list`.

use std::process::ExitCode;

// Links the workflows.
use stepwright_examples as _;

fn main() -> ExitCode {
    stepwright::main!()
}
