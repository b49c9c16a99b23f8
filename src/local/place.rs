//! Where in the source an execution failed.

use std::{fmt, fs, path::Path};

use stepwright_codegen::{position::Position, source_map::SourceMap};
use stepwright_runtime::HistoryEvent;

/// Where in the source a run failed. It prints with the line of the source, where the file is at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailurePlace {
    /// The state that failed.
    pub state: String,
    /// The path of the file, as rustc was given it.
    pub file: &'static str,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

impl FailurePlace {
    /// The place of the state that an execution failed in; none where it failed outside of any.
    pub(crate) fn of(history: &[HistoryEvent], source_map: &SourceMap) -> Option<Self> {
        let failed = history.last().and_then(|last| entered_before(history, last));
        let failed = failed.or_else(|| history.iter().rev().find(|event| entered(event).is_some()))?;
        let Position { file, line, column } = place_of(history, failed, source_map)?;
        Some(FailurePlace { state: entered(failed)?, file, line, column })
    }
}

/// Where the state that an event enters comes from, on the way that led to it.
pub(crate) fn place_of(history: &[HistoryEvent], event: &HistoryEvent, source_map: &SourceMap) -> Option<Position> {
    let state = entered(event)?;
    let before = previous(history, event).and_then(|event| entered(entered_before(history, event)?));
    match before {
        Some(before) => source_map.get_from(&before, &state),
        None => source_map.get(&state),
    }
}

/// The event of entering a state that an event leads back to: events name the one before them, and an error names where it
/// came from.
fn entered_before<'a>(history: &'a [HistoryEvent], event: &'a HistoryEvent) -> Option<&'a HistoryEvent> {
    let mut event = event;
    while entered(event).is_none() {
        event = previous(history, event)?;
    }
    Some(event)
}

fn previous<'a>(history: &'a [HistoryEvent], event: &HistoryEvent) -> Option<&'a HistoryEvent> {
    let before = event.previous_event_id();
    history.iter().take_while(|other| other.id() < event.id()).find(|other| other.id() == before)
}

/// The state that an event enters.
fn entered(event: &HistoryEvent) -> Option<String> {
    let enters = event.event_type().as_str().ends_with("StateEntered");
    enters.then(|| event.details().get("name")?.as_str().map(str::to_owned)).flatten()
}

impl fmt::Display for FailurePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let FailurePlace { state, file, line, column } = self;
        write!(f, "  --> {file}:{line}:{column}, state `{state}`")?;
        match source_line(file, *line) {
            Some(text) => write!(f, "\n{line:>4} | {text}"),
            None => Ok(()),
        }
    }
}

/// A line of a source file, whose path is relative to the workspace: a run may be in the workspace or in a package of it.
fn source_line(file: &str, line: u32) -> Option<String> {
    let path = Path::new(file);
    let skipped =
        (0..path.components().count()).map(|skipped| path.components().skip(skipped).collect::<std::path::PathBuf>());
    let text = skipped.into_iter().find_map(|path| fs::read_to_string(path).ok())?;
    let text = text.lines().nth(usize::try_from(line).ok()?.checked_sub(1)?)?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
