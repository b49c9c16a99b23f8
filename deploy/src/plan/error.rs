//! Why a stack cannot be deployed.

use std::{fmt, ops::RangeInclusive};

/// Something that is wrong with a stack. `Display` says it in a line, and in another one what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StackError {
    /// What is wrong.
    pub message: String,
    /// What to do about it; may be empty.
    pub help: String,
}

/// All that is wrong with a stack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StackErrors(pub Vec<StackError>);

impl StackErrors {
    pub(crate) fn push(&mut self, message: impl Into<String>, help: impl Into<String>) {
        let error = StackError { message: message.into(), help: help.into() };
        if !self.0.contains(&error) {
            self.0.push(error);
        }
    }

    /// The number, which is reported if it is not within the range.
    pub(crate) fn within(&mut self, about: &str, key: &str, number: u64, range: RangeInclusive<u64>) -> u64 {
        if !range.contains(&number) {
            let help = format!("it is a number from {} to {}", range.start(), range.end());
            self.push(format!("{about}: `{key}` cannot be {number}"), help);
        }
        number
    }

    pub(crate) fn into_result<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for StackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        if self.help.is_empty() { Ok(()) } else { write!(f, "\n  = help: {}", self.help) }
    }
}

impl fmt::Display for StackErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for StackError {}
impl std::error::Error for StackErrors {}
