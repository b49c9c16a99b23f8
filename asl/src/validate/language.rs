//! Which fields go with which query language.

use super::part::{Part, parts};
use super::{Findings, Rule};
use crate::{QueryLanguage, StateMachine};

pub(super) fn check(machine: &StateMachine, findings: &mut Findings) {
    for placed in machine.all_states() {
        let own = placed.state.query_language();
        if own == Some(QueryLanguage::JsonPath) && machine.query_language == Some(QueryLanguage::Jsonata) {
            let message = "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";
            findings.add(Rule::Downgrade, placed.pointer.clone(), message);
        }
        let language = machine.language_of(placed.state);
        for part in parts(&placed) {
            check_fields(&part, language, findings);
        }
    }
}

fn check_fields(part: &Part, language: QueryLanguage, findings: &mut Findings) {
    for field in &part.fields {
        let Some(only) = language_of_field(field).filter(|only| *only != language) else { continue };
        let message = format!(
            "The QueryLanguage is set to '{language}', but field '{field}' is only supported for the '{only}' QueryLanguage"
        );
        findings.add(Rule::FieldLanguage, part.pointer.clone(), message);
    }
}

/// The one query language that has a field of this name, wherever it stands; `None` if both have.
fn language_of_field(field: &str) -> Option<QueryLanguage> {
    match field {
        "Arguments" | "Output" | "Items" | "Condition" => Some(QueryLanguage::Jsonata),
        "Parameters" | "Result" | "ResultSelector" | "Variable" | "And" | "Or" | "Not" => Some(QueryLanguage::JsonPath),
        path if path.ends_with("Path") => Some(QueryLanguage::JsonPath),
        _ => None,
    }
}
