//! `run NAME --input FILE`

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use serde_json::Value;
use stepwright_codegen::{definition::Definition, position::Position};
use stepwright_runtime::{
    HistoryEvent,
    mocks::{MockFile, Mocks},
};

use super::{Done, say};
use crate::{
    local::{Executable, answer, place_of},
    mock::StandIns,
};

/// A test case in a file of mocks.
#[derive(clap::Args)]
pub(super) struct MockCase {
    /// The file with mocked responses, in the format of Step Functions Local; the machine has the workflow's name there.
    #[arg(long, value_name = "FILE", requires = "case")]
    mocks: Option<PathBuf>,
    /// The test case in the file with mocked responses.
    #[arg(long, value_name = "NAME", requires = "mocks")]
    case: Option<String>,
}

/// Runs a machine: the calls go to the standard error as they are made, the output to the standard output.
pub(super) fn run(definition: &Definition, input: &Path, mocks: &MockCase, history: bool) -> Done {
    let input =
        read(input).map_err(|error| format!("error: cannot read the input from {}: {error}", input.display()))?;
    let mocks = mocks.of(definition.name())?;
    let machine = Executable::new(definition).map_err(|error| format!("error: {error}"))?;
    let work = machine.run(input, StandIns::default(), mocks, |call| eprintln!("{} {}", call.task, call.arguments));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("error: no tokio runtime: {error}"))?;
    let execution = runtime.block_on(work).map_err(|error| format!("error: {error}"))?;
    if history {
        let events = &execution.result.history;
        events.iter().for_each(|event| eprintln!("{}", line(event, place_of(events, event, definition.source_map()))));
    }
    match answer(&execution.result) {
        Ok(output) => {
            say(format!("{output:#}"));
            Ok(ExitCode::SUCCESS)
        }
        Err(failure) => {
            let place = execution.place.map(|place| format!("\n{place}")).unwrap_or_default();
            Err(format!("error: the execution failed with {failure}{place}"))
        }
    }
}

impl MockCase {
    fn of(&self, workflow: &str) -> Result<Mocks, String> {
        let (Some(path), Some(case)) = (&self.mocks, &self.case) else { return Ok(Mocks::new()) };
        let mocks = MockFile::read(path).and_then(|file| file.case(workflow, case));
        mocks.map_err(|error| format!("error: {}: {error}", path.display()))
    }
}

fn read(input: &Path) -> io::Result<Value> {
    let text = if input == Path::new("-") { io::read_to_string(io::stdin())? } else { fs::read_to_string(input)? };
    Ok(serde_json::from_str(&text)?)
}

/// An event: its number, the one before, type, the name in its details, and the place in the source of a state that it enters.
fn line(event: &HistoryEvent, place: Option<Position>) -> String {
    let event_type = event.event_type().as_str();
    let name = event.details().get("name").and_then(Value::as_str).map(str::to_owned).unwrap_or_default();
    let place = place.map(|at| format!("  {}:{}", at.file, at.line)).unwrap_or_default();
    let line = format!("{:>5} <{:>5}  {event_type:32} {name}{place}", event.id(), event.previous_event_id());
    line.trim_end().to_owned()
}
