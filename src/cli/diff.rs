//! `diff NAME --deployed FILE`

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use serde_json::Value;
use stepwright_asl::ExecutionType;
use stepwright_codegen::definition::Definition;
use stepwright_deploy::drift::{Comparison, Deployed, Side, breaks};

use super::say;

/// What is deployed.
#[derive(Args)]
pub(super) struct DeployedFiles {
    /// The answer of `DescribeStateMachine`, a template of CloudFormation, SAM or Terraform, or the definition itself, as JSON.
    #[arg(long, value_name = "FILE")]
    deployed: PathBuf,
    /// The JSON Schema of the input as deployed: tells what this version does not take any more.
    #[arg(long, value_name = "FILE")]
    input_schema: Option<PathBuf>,
    /// The JSON Schema of the output as deployed: tells what readers of the output do not know.
    #[arg(long, value_name = "FILE")]
    output_schema: Option<PathBuf>,
    /// Compares comments as well.
    #[arg(long)]
    comments: bool,
}

/// Tells what is different about a workflow of this program from what is deployed. Like `diff`: 0 if nothing is, 1 if something
/// is, 2 if that cannot be told.
pub(super) fn diff(definition: Result<Definition, String>, files: &DeployedFiles) -> ExitCode {
    match definition.and_then(|found| differs(&found, files)) {
        Ok(differs) => ExitCode::from(u8::from(differs)),
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn differs(definition: &Definition, files: &DeployedFiles) -> Result<bool, String> {
    let failed = |error: &dyn std::fmt::Display| format!("error: {}: {error}", files.deployed.display());
    let beside = |file: &str| fs::read_to_string(files.deployed.with_file_name("").join(file)).ok();
    let deployed = Deployed::find_with_files(&read(&files.deployed)?, definition.name(), beside);
    let deployed = deployed.map_err(|error| failed(&error))?;
    let execution_type = if definition.info().express { ExecutionType::Express } else { ExecutionType::Standard };
    let comparison = Comparison { execution_type, comments: files.comments, ..Comparison::new(definition.name()) };
    let drift = comparison.compare(definition.asl(), &deployed);
    let mut broken = Vec::new();
    for (side, before, ours) in [
        (Side::Input, &files.input_schema, definition.input_schema()),
        (Side::Output, &files.output_schema, definition.output_schema()),
    ] {
        if let Some(path) = before {
            broken.extend(breaks(side, &read(path)?, ours));
        }
    }
    say(drift.to_string().trim_end());
    broken.iter().for_each(|broken| say(format!("! {broken}")));
    Ok(!drift.is_empty() || !broken.is_empty())
}

fn read(path: &Path) -> Result<Value, String> {
    let failed = |error: &dyn std::fmt::Display| format!("error: cannot read {}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| failed(&error))?;
    serde_json::from_str(&text).map_err(|error| format!("{}\n  = help: it has to be JSON", failed(&error)))
}
