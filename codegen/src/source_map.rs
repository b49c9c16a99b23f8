//! Where the states of a machine come from.

use serde_json::{Map, Value, json};

use crate::position::Position;

/// For each state, at all levels, the place in the source. State names are unique in the whole machine.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceMap {
    states: Vec<(String, Position)>,
    failures: Vec<SharedFailure>,
}

/// A failure that shares the Fail state of another.
#[derive(Clone, Debug, PartialEq)]
struct SharedFailure {
    /// The state before it.
    before: String,
    /// The Fail state.
    state: String,
    at: Position,
}

impl SourceMap {
    pub(crate) fn push(&mut self, name: String, at: Position) {
        self.states.push((name, at));
    }

    /// Notes where a Fail state comes from when it is entered from the state `before`.
    pub(crate) fn push_failure(&mut self, before: &str, state: &str, at: Position) {
        self.failures.push(SharedFailure { before: before.to_owned(), state: state.to_owned(), at });
    }

    /// The place that a state comes from.
    #[must_use]
    pub fn get(&self, state: &str) -> Option<Position> {
        self.states.iter().find(|(name, _)| name == state).map(|(_, at)| *at)
    }

    /// The place that a state comes from when it is entered from the state `before`: failures may share a Fail state, which
    /// [`get`](SourceMap::get) has at the first of them.
    #[must_use]
    pub fn get_from(&self, before: &str, state: &str) -> Option<Position> {
        let shared = self.failures.iter().find(|failure| failure.before == before && failure.state == state);
        shared.map(|failure| failure.at).or_else(|| self.get(state))
    }

    /// The states in the order of the machine.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Position)> {
        self.states.iter().map(|(name, at)| (name.as_str(), *at))
    }

    /// As JSON: an object of `{"file", "line", "column"}` by state name.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let place = |at: &Position| json!({"file": at.file, "line": at.line, "column": at.column});
        Value::Object(self.states.iter().map(|(name, at)| (name.clone(), place(at))).collect::<Map<String, Value>>())
    }
}
