//! Why a stack cannot be deployed.

use std::{fmt, ops::RangeInclusive};

use crate::iam::{Problem, Unknown};

/// Something that is wrong with a stack. `Display` says it in a line, and in another one what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StackError {
    /// What is described cannot be deployed.
    Invalid {
        /// What is wrong.
        message: String,
        /// What to do about it; may be empty.
        help: String,
    },
    /// Something is not known that decides what a machine may do.
    Rights {
        /// The name of the machine.
        machine: String,
        /// What is not known.
        unknown: Unknown,
    },
}

/// All that is wrong with a stack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StackErrors(pub Vec<StackError>);

impl StackErrors {
    pub(crate) fn push(&mut self, message: impl Into<String>, help: impl Into<String>) {
        let error = StackError::Invalid { message: message.into(), help: help.into() };
        if !self.0.contains(&error) {
            self.0.push(error);
        }
    }

    /// Adds what is not known of a machine's rights. What placeholders stand for is looked at elsewhere.
    pub(super) fn rights(&mut self, machine: &str, unknown: Unknown) {
        if !matches!(unknown.problem, Problem::Placeholder { .. }) {
            self.0.push(StackError::Rights { machine: machine.to_owned(), unknown });
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
        match self {
            StackError::Invalid { message, help } if help.is_empty() => write!(f, "error: {message}"),
            StackError::Invalid { message, help } => write!(f, "error: {message}\n  = help: {help}"),
            StackError::Rights { machine, unknown } => {
                write!(f, "{unknown}\n  = note: that stands in Stepwright.toml, in `[workflow.{machine}]`")
            }
        }
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
