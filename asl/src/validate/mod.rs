//! The rules that a definition must keep beyond having the right form.
//!
//! `rule.rs` is the catalogue. Codes, locations and, where a recording of the service has them, messages are those of
//! `ValidateStateMachineDefinition`, whose answer [`Validation`] gives for the text of a definition.
//!
//! Each module checks what its name says: `structure` the states as a graph, `language` and `fields` what stands
//! together, `range` numbers, `errors` retriers and catchers, `map` Map states, `resource` what tasks call.
//! `place` finds everything in a state that is looked into: `jsonata` and `jsonpath` check it, and tell `variables` which
//! ones it reads.

mod errors;
mod fields;
mod finding;
mod form;
mod integration;
mod jsonata;
mod jsonpath;
mod language;
mod map;
mod names;
mod part;
mod place;
mod range;
mod report;
mod resource;
mod rule;
mod structure;
mod syntax;
mod timestamp;
mod variables;

use crate::{ExecutionType, StateMachine};

pub use finding::Finding;
use finding::Findings;
pub use report::{Report, Validation};
pub use rule::{Code, Rule, Severity};

/// Checks a Standard machine against all rules; no finding of [`Severity::Error`] means that it is valid.
#[must_use]
pub fn validate(machine: &StateMachine) -> Vec<Finding> {
    validate_as(machine, ExecutionType::Standard)
}

/// Checks a machine of either type against all rules; no finding of [`Severity::Error`] means that it is valid.
#[must_use]
pub fn validate_as(machine: &StateMachine, machine_type: ExecutionType) -> Vec<Finding> {
    let mut findings = Findings::default();
    structure::check(machine, &mut findings);
    language::check(machine, &mut findings);
    fields::check(machine, &mut findings);
    map::check(machine, &mut findings);
    errors::check(machine, &mut findings);
    range::check(machine, &mut findings);
    resource::check(machine, machine_type, &mut findings);
    variables::check(machine, &mut findings);
    findings.0
}
