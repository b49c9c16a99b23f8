//! Collecting what does not fit while a document is read.

use super::ObjectReader;
use crate::pointer::{Pointer, Step};
use serde_json::Value;
use std::fmt;

/// All the places where a document does not fit the States Language, in document order of their discovery.
///
/// `Display` writes one line for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseErrors(pub Vec<ParseError>);

/// One place where a document does not fit the States Language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// Where: the member that does not fit, or the object that lacks a required one.
    pub pointer: Pointer,
    /// What is wrong there, and what would fit.
    pub reason: String,
    /// The kind of what is wrong.
    pub misfit: Misfit,
}

/// In which way a part of a document does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Misfit {
    /// The text is not JSON.
    Syntax {
        /// The line, from 1.
        line: usize,
        /// The column in that line, in bytes from 1.
        column: usize,
    },
    /// The object has this member twice.
    Duplicate,
    /// The object lacks the member.
    Missing(&'static str),
    /// The object has no such member.
    Unknown(String),
    /// The value is not of the type, such as `STRING`.
    Type(&'static str),
    /// The number is negative.
    Negative,
    /// The text is not one of these words.
    Word(&'static [&'static str]),
    /// The members of the object do not go together.
    Combination,
}

/// The state of reading one document.
#[derive(Default)]
pub(crate) struct Reader {
    pointer: Pointer,
    errors: Vec<ParseError>,
}

impl Reader {
    /// The result of reading, or all misfits found on the way.
    pub(crate) fn finish<T>(self, read: Option<T>) -> Result<T, ParseErrors> {
        match read {
            Some(value) if self.errors.is_empty() => Ok(value),
            _ => Err(ParseErrors(self.errors)),
        }
    }

    /// Runs `read` one level deeper, at a member or element.
    pub(crate) fn within<T>(&mut self, step: Step<'_>, read: impl FnOnce(&mut Self) -> T) -> T {
        let mark = self.pointer.push(step);
        let result = read(self);
        self.pointer.truncate(mark);
        result
    }

    /// Notes a misfit at the current place. Returns `None` so that a reader can end with it.
    pub(crate) fn misfit<T>(&mut self, reason: impl Into<String>, misfit: Misfit) -> Option<T> {
        self.errors.push(ParseError { pointer: self.pointer.clone(), reason: reason.into(), misfit });
        None
    }

    /// Notes that `found` is not `what`.
    pub(crate) fn expected<T>(&mut self, what: &str, misfit: Misfit, found: &Value) -> Option<T> {
        self.misfit(format!("expected {what}, found {}", describe(found)), misfit)
    }

    /// Begins to read `value` as an object, which messages call `noun`.
    pub(crate) fn object<'v, 'r>(&'r mut self, value: &'v Value, noun: &'static str) -> Option<ObjectReader<'v, 'r>> {
        match value {
            Value::Object(members) => Some(ObjectReader::new(noun, members, self)),
            _ => self.expected(&format!("{noun} (an object)"), Misfit::Type("OBJECT"), value),
        }
    }
}

impl From<Vec<ParseError>> for Reader {
    fn from(errors: Vec<ParseError>) -> Self {
        Self { errors, ..Self::default() }
    }
}

impl fmt::Display for ParseErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{error}")?;
        }
        Ok(())
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.as_str().is_empty() { "(document)" } else { self.pointer.as_str() };
        write!(f, "{place}: {}", self.reason)
    }
}

impl std::error::Error for ParseErrors {}

impl std::error::Error for ParseError {}

/// A few words for a value in a message: scalars themselves, but no long text and no whole object.
fn describe(value: &Value) -> String {
    const LONGEST: usize = 40;
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
        Value::String(text) if text.chars().count() <= LONGEST => format!("the string `{text}`"),
        Value::String(text) => format!("the string `{}…`", text.chars().take(LONGEST).collect::<String>()),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
