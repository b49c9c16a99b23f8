//! `token succeed`, `token fail`, `token heartbeat`

use std::{fs, process::ExitCode};

use serde_json::Value;
use stepwright_codegen::error::TaskFailure;

use super::Done;
use crate::{sfn, token::Message};

/// What a call that waits is told.
#[derive(clap::Subcommand)]
pub(super) enum Command {
    /// Ends the call with a value.
    Succeed {
        /// The task token.
        token: String,
        /// The value as JSON, or a file with it.
        #[arg(long, value_name = "JSON|FILE")]
        output: String,
    },
    /// Ends the call with an error.
    Fail {
        /// The task token.
        token: String,
        /// The error name.
        #[arg(long, value_name = "NAME")]
        error: String,
        /// The text that explains it; for an error of a workflow, the JSON text of its value.
        #[arg(long, value_name = "TEXT")]
        cause: Option<String>,
    },
    /// Tells that the work goes on.
    Heartbeat {
        /// The task token.
        token: String,
    },
}

/// Tells it through the service.
pub(super) fn token(command: Command) -> Done {
    let (token, message) = match command {
        Command::Succeed { token, output } => (token, Message::Answer(Ok(json(&output)?))),
        Command::Fail { token, error, cause } => (token, Message::Answer(Err(TaskFailure { name: error, cause }))),
        Command::Heartbeat { token } => (token, Message::Heartbeat),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("error: no tokio runtime: {error}"))?;
    let told = runtime.block_on(sfn::tell(&token, &message));
    told.map_err(|refusal| format!("error: {}", refusal.error))?;
    Ok(ExitCode::SUCCESS)
}

/// JSON, or else the JSON in the file of this name.
fn json(given: &str) -> Result<Value, String> {
    let no_json = match serde_json::from_str(given) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let text = fs::read_to_string(given)
        .map_err(|error| format!("error: the output is neither JSON ({no_json}) nor a file ({error})"))?;
    serde_json::from_str(&text).map_err(|error| format!("error: {given} is not JSON: {error}"))
}
