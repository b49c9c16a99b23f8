//! What the checks find.

use super::{Code, Rule, Severity};
use crate::Pointer;
use std::fmt;

/// A rule that a definition breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// Where: the field, or the object that lacks one.
    pub pointer: Pointer,
    /// The same as the service writes it; `None` where it names no place.
    pub location: Option<String>,
    /// What is wrong there.
    pub message: String,
}

impl Finding {
    pub(super) fn new(rule: Rule, pointer: Pointer, message: impl Into<String>) -> Self {
        let is_placed = !(pointer.as_str().is_empty() && matches!(rule, Rule::EndState | Rule::JsonObject));
        let location = is_placed.then(|| pointer.location());
        Self { rule, pointer, location, message: message.into() }
    }

    /// The service's code for findings of this kind.
    #[must_use]
    pub fn code(&self) -> Code {
        self.rule.code()
    }

    /// Whether the definition is invalid for it.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.rule.severity()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.location.as_deref().unwrap_or("/");
        write!(f, "{} {} at {place}: {}", self.severity(), self.code(), self.message)
    }
}

/// What the checks have found so far.
#[derive(Default)]
pub(super) struct Findings(pub(super) Vec<Finding>);

impl Findings {
    pub(super) fn add(&mut self, rule: Rule, pointer: Pointer, message: impl Into<String>) {
        self.0.push(Finding::new(rule, pointer, message));
    }
}
