//! Where something stands in the user's source.

use std::{fmt, panic::Location};

/// A place in a source file, as rustc counts: lines and columns from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The path of the file, as rustc was given it.
    pub file: &'static str,
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl Position {
    /// The place of the call that a `#[track_caller]` function was called by.
    #[track_caller]
    #[must_use]
    pub fn caller() -> Self {
        Location::caller().into()
    }
}

impl From<&'static Location<'static>> for Position {
    fn from(at: &'static Location<'static>) -> Self {
        Position { file: at.file(), line: at.line(), column: at.column() }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}
