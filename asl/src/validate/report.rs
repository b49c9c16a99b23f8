//! The answer of `ValidateStateMachineDefinition`.

use super::finding::Finding;
use super::{Rule, Severity, form, validate_as};
use crate::{ExecutionType, Pointer, StateMachine};
use serde_json::{Value, json};

/// The most characters that a definition may have.
const LONGEST_DEFINITION: usize = 1_048_576;

/// How many findings there are at most in an answer that does not say otherwise.
const MAX_RESULTS: usize = 100;

/// A request to check a definition, with the service's defaults.
///
/// ```
/// use stepwright_asl::{ExecutionType, Validation};
///
/// let definition = r#"{
///     "StartAt": "Load",
///     "States": { "Load": { "Type": "Task", "Resource": "arn:aws:states:::batch:submitJob.sync", "End": true } }
/// }"#;
/// assert!(Validation::default().check(definition).is_ok());
/// let express = Validation { machine_type: ExecutionType::Express, ..Validation::default() };
/// assert_eq!(
///     express.check(definition).findings[0].to_string(),
///     "ERROR SCHEMA_VALIDATION_FAILED at /States/Load/Resource: Express state machine does not support '.sync' service integration",
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validation {
    /// The type of the machine: `STANDARD` unless told otherwise.
    pub machine_type: ExecutionType,
    /// `ERROR` for errors only, which is the default, or `WARNING` for warnings too.
    pub severity: Severity,
    /// The most findings to give; 0 means 100.
    pub max_results: usize,
}

/// What [`Validation::check`] has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What is wrong with the definition.
    pub findings: Vec<Finding>,
    /// Whether there was more than the request asked for.
    pub truncated: bool,
}

impl Default for Validation {
    fn default() -> Self {
        Self { machine_type: ExecutionType::Standard, severity: Severity::Error, max_results: 0 }
    }
}

impl Validation {
    /// Checks the text of a definition: that it is JSON, fits the States Language, and keeps all rules.
    #[must_use]
    pub fn check(&self, definition: &str) -> Report {
        if definition.chars().count() > LONGEST_DEFINITION {
            let message = format!("A definition can have at most {LONGEST_DEFINITION} characters");
            return self.report(vec![Finding::new(Rule::DefinitionSize, Pointer::default(), message)]);
        }
        match StateMachine::from_json(definition) {
            Ok(machine) => self.check_machine(&machine),
            Err(errors) => self.report(form::findings(definition, errors)),
        }
    }

    /// Checks that a definition keeps all rules.
    #[must_use]
    pub fn check_machine(&self, machine: &StateMachine) -> Report {
        self.report(validate_as(machine, self.machine_type))
    }

    fn report(&self, mut findings: Vec<Finding>) -> Report {
        if self.severity == Severity::Error {
            findings.retain(|finding| finding.severity() == Severity::Error);
        }
        // Errors first, so that they are not what is cut off.
        findings.sort_by_key(|finding| finding.severity() != Severity::Error);
        let most = if self.max_results == 0 { MAX_RESULTS } else { self.max_results };
        let truncated = findings.len() > most;
        findings.truncate(most);
        Report { findings, truncated }
    }
}

impl Report {
    /// Whether the definition is valid; warnings do not matter.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity() != Severity::Error)
    }

    /// The answer in the service's JSON: `result`, `diagnostics` and `truncated`.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let diagnostics: Vec<_> = self.findings.iter().map(diagnostic).collect();
        let result = if self.is_ok() { "OK" } else { "FAIL" };
        json!({ "result": result, "diagnostics": diagnostics, "truncated": self.truncated })
    }

    /// The message of the `InvalidDefinition` with which `CreateStateMachine` refuses the definition; `None` if it
    /// does not.
    #[must_use]
    pub fn invalid_definition(&self) -> Option<String> {
        let errors = self.findings.iter().filter(|finding| finding.severity() == Severity::Error);
        let errors: Vec<_> = errors
            .map(|finding| {
                let place = finding.location.as_deref().unwrap_or("null");
                format!("{}: {} at {place}", finding.code(), finding.message)
            })
            .collect();
        (!errors.is_empty()).then(|| format!("Invalid State Machine Definition: '{}'", errors.join(", ")))
    }
}

fn diagnostic(finding: &Finding) -> Value {
    let mut diagnostic = json!({
        "severity": finding.severity().as_str(),
        "code": finding.code().as_str(),
        "message": finding.message,
    });
    if let (Some(location), Some(members)) = (&finding.location, diagnostic.as_object_mut()) {
        members.insert("location".to_owned(), location.as_str().into());
    }
    diagnostic
}
