//! The rules that a definition must keep beyond having the right form.
//!
//! Codes and, where a recording of the service has them, messages are those of `ValidateStateMachineDefinition`;
//! pointers are JSON pointers. The rules, by module:
//!
//! `structure`: each `States` block
//! * has at least one state, and `StartAt` names one of them;
//! * names only states of its own as transition targets;
//! * can reach each of its states from its start state;
//! * has a terminal state: Succeed, Fail, or `"End": true`;
//! * has state names of 1 to 80 characters, which no other state of the whole machine has.
//!
//! `language`
//! * a state has only fields of the query language in force, and so have its catchers, choice rules, item reader,
//!   item batcher and result writer;
//! * only JSONata states have expressions in place of numbers;
//! * in a JSONata machine no state goes back to JSONPath.
//!
//! `fields`
//! * Task, Parallel, Map, Pass and Wait have exactly one of `Next` and `"End": true`;
//! * Wait has exactly one of its four times, Map exactly one of `ItemProcessor` and `Iterator`;
//! * no field is given together with its `…Path` twin, or with its old name;
//! * `Branches`, `Choices`, `And` and `Or` are not empty; a rule of a Choice has `Next`, a rule within a rule has not;
//! * `Assign` sets variables with proper names of at most 80 characters, and not `states`;
//! * `Credentials` name a role; `Version` is 1.0; a literal `Timestamp` is one.
//!
//! `map`
//! * the fields of distributed mode are not used inline; distributed mode has an `ExecutionType`, inline has none;
//! * a label has 1 to 40 characters, none of them special;
//! * CSV has a header location, and given headers are there; an item batcher has a limit.
//!
//! `errors`
//! * `ErrorEquals` is not empty; `States.ALL` stands alone and last;
//! * names that begin with `States.` are defined ones (a warning).
//!
//! `range`: numbers lie within their bounds.

mod errors;
mod fields;
mod language;
mod map;
mod part;
mod range;
mod structure;
mod timestamp;

use crate::json::keyword;
use crate::{Pointer, StateMachine};
use std::fmt;

/// Checks a machine against all rules of this version; no finding of [`Severity::Error`] means that it is valid as
/// far as they go. Expressions and paths are not looked into.
#[must_use]
pub fn validate(machine: &StateMachine) -> Vec<Finding> {
    let mut findings = Findings::default();
    structure::check(machine, &mut findings);
    language::check(machine, &mut findings);
    fields::check(machine, &mut findings);
    map::check(machine, &mut findings);
    errors::check(machine, &mut findings);
    range::check(machine, &mut findings);
    findings.0
}

/// A rule that a machine breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The kind of rule.
    pub code: Code,
    /// Whether the machine is invalid for it.
    pub severity: Severity,
    /// Where: the field, or the object that lacks one.
    pub pointer: Pointer,
    /// What is wrong there.
    pub message: String,
}

keyword! {
    /// The kind of a finding, in the service's words.
    pub enum Code {
        /// A field is missing, out of place, or has a value that it cannot have.
        SchemaValidationFailed = "SCHEMA_VALIDATION_FAILED",
        /// A transition leads to no state, or no transition to a state.
        MissingTransitionTarget = "MISSING_TRANSITION_TARGET",
        /// There is no terminal state.
        MissingEndState = "MISSING_END_STATE",
        /// Two states have the same name.
        DuplicateStateName = "DUPLICATE_STATE_NAME",
    }
}

keyword! {
    /// How bad a finding is.
    pub enum Severity {
        /// The machine is invalid.
        Error = "ERROR",
        /// The machine is valid, but hardly what was meant.
        Warning = "WARNING",
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, severity, pointer, message } = self;
        write!(
            f,
            "{severity} {code} at {}: {message}",
            if pointer.as_str().is_empty() { "/" } else { pointer.as_str() }
        )
    }
}

/// What the checks have found so far.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn error(&mut self, code: Code, pointer: Pointer, message: impl Into<String>) {
        self.0.push(Finding { code, severity: Severity::Error, pointer, message: message.into() });
    }

    /// An error of the most common kind.
    fn schema(&mut self, pointer: Pointer, message: impl Into<String>) {
        self.error(Code::SchemaValidationFailed, pointer, message);
    }

    fn warning(&mut self, pointer: Pointer, message: impl Into<String>) {
        let (code, severity) = (Code::SchemaValidationFailed, Severity::Warning);
        self.0.push(Finding { code, severity, pointer, message: message.into() });
    }
}
