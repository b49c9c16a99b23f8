//! Exports and runs the examples: `cargo run -p stepwright-aws-examples -- list`.

use std::process::ExitCode;

// Links the workflows.
use stepwright_aws_examples as _;

fn main() -> ExitCode {
    stepwright::main!()
}
