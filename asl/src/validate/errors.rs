//! Which error names retriers and catchers may have.

use super::{Findings, Rule};
use crate::{Pointer, StateMachine, error_name};

pub(super) fn check(machine: &StateMachine, findings: &mut Findings) {
    for placed in machine.all_states() {
        let retriers = placed.state.retry().unwrap_or_default();
        let retriers: Vec<_> = retriers.iter().map(|retrier| retrier.error_equals.as_slice()).collect();
        check_handlers(&placed.pointer.key("Retry"), &retriers, findings);
        let catchers = placed.state.catch().unwrap_or_default();
        let catchers: Vec<_> = catchers.iter().map(|catcher| catcher.error_equals.as_slice()).collect();
        check_handlers(&placed.pointer.key("Catch"), &catchers, findings);
    }
}

/// Checks the `ErrorEquals` of all entries of a `Retry` or `Catch`.
fn check_handlers(pointer: &Pointer, handlers: &[&[String]], findings: &mut Findings) {
    for (index, names) in handlers.iter().enumerate() {
        let pointer = pointer.index(index).key("ErrorEquals");
        if names.is_empty() {
            findings.add(Rule::NotEmpty, pointer.clone(), "Value cannot be empty");
        }
        let is_last = index + 1 == handlers.len();
        if names.iter().any(|name| name == error_name::ALL) && !(names.len() == 1 && is_last) {
            findings.add(Rule::StatesAll, pointer.clone(), "'States.ALL' must stand alone, in the last entry");
        }
        for name in names.iter().filter(|name| is_unknown_reserved(name)) {
            findings.add(
                Rule::ErrorName,
                pointer.clone(),
                format!("'{name}' is not an error name of the States Language"),
            );
        }
    }
}

fn is_unknown_reserved(name: &str) -> bool {
    name.starts_with(error_name::RESERVED_PREFIX) && !error_name::is_defined(name)
}
