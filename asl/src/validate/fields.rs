//! Which fields need or exclude each other, and what some of them may hold.

use super::part::{Part, PlacedRule, parts, rules};
use super::timestamp::is_timestamp;
use super::{Findings, Rule};
use crate::{Comparison, Dynamic, Operand, PlacedState, Pointer, State, StateKind, StateMachine, Test};
use serde_json::{Map, Value};

/// Fields of one object that exclude each other.
const TWINS: [(&str, &str); 11] = [
    ("TimeoutSeconds", "TimeoutSecondsPath"),
    ("HeartbeatSeconds", "HeartbeatSecondsPath"),
    ("MaxConcurrency", "MaxConcurrencyPath"),
    ("ToleratedFailurePercentage", "ToleratedFailurePercentagePath"),
    ("ToleratedFailureCount", "ToleratedFailureCountPath"),
    ("MaxItems", "MaxItemsPath"),
    ("MaxItemsPerBatch", "MaxItemsPerBatchPath"),
    ("MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"),
    ("Error", "ErrorPath"),
    ("Cause", "CausePath"),
    ("ItemSelector", "Parameters"),
];

const TRANSITION: &[&str] = &["Next", "End"];
const WAIT_TIME: &[&str] = &["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];
const PROCESSOR: &[&str] = &["ItemProcessor", "Iterator"];

const LONGEST_VARIABLE: usize = 80;

pub(super) fn check(machine: &StateMachine, findings: &mut Findings) {
    if machine.version.as_deref().is_some_and(|version| version != "1.0") {
        findings.add(Rule::KnownWord, Pointer::default().key("Version"), "Value should be one of the following: [1.0]");
    }
    for placed in machine.all_states() {
        check_alternatives(&placed, findings);
        for part in parts(&placed) {
            check_twins(&part, findings);
        }
        for rule in rules(&placed) {
            check_rule(&rule, findings);
        }
        for (pointer, variables) in assignments(&placed) {
            check_variables(&pointer, variables, findings);
        }
        check_values(&placed, findings);
    }
}

fn check_alternatives(placed: &PlacedState<'_>, findings: &mut Findings) {
    let mut fields = placed.state.fields();
    fields.retain(|field| *field != "End" || placed.state.is_end());
    for group in alternatives(placed.state.kind()) {
        let given: Vec<_> = group.iter().copied().filter(|field| fields.contains(field)).collect();
        if given.len() != 1 {
            let message = format!(
                "Exactly one of these fields is required: [{}], given: [{}]",
                group.join(", "),
                given.join(", ")
            );
            findings.add(Rule::ExactlyOne, placed.pointer.clone(), message);
        }
    }
}

/// The groups of fields of which a state must have exactly one each.
fn alternatives(kind: StateKind) -> &'static [&'static [&'static str]] {
    match kind {
        StateKind::Task | StateKind::Parallel | StateKind::Pass => &[TRANSITION],
        StateKind::Map => &[TRANSITION, PROCESSOR],
        StateKind::Wait => &[TRANSITION, WAIT_TIME],
        StateKind::Choice | StateKind::Succeed | StateKind::Fail => &[],
    }
}

fn check_twins(part: &Part, findings: &mut Findings) {
    for (field, twin) in TWINS {
        if part.fields.contains(&field) && part.fields.contains(&twin) {
            findings.add(
                Rule::Exclusive,
                part.pointer.clone(),
                format!("Field '{field}' can not be given together with '{twin}'"),
            );
        }
    }
}

fn check_rule(placed: &PlacedRule<'_>, findings: &mut Findings) {
    let PlacedRule { pointer, rule, is_nested } = placed;
    if rule.next.is_none() && !is_nested {
        findings.add(Rule::RequiredField, pointer.clone(), "These fields are required: [Next]");
    }
    let outer_only =
        [("Next", rule.next.is_some()), ("Assign", rule.assign.is_some()), ("Output", rule.output.is_some())];
    for (field, _) in outer_only.into_iter().filter(|(_, is_given)| *is_given && *is_nested) {
        findings.add(
            Rule::ChoiceRule,
            pointer.clone(),
            format!("Field '{field}' is not supported in a rule within a rule"),
        );
    }
    match &rule.test {
        Test::And(rules) => check_not_empty(pointer.key("And"), rules, findings),
        Test::Or(rules) => check_not_empty(pointer.key("Or"), rules, findings),
        Test::Variable { comparison: comparison @ Comparison::Timestamp(_, Operand::Literal(text)), .. } => {
            check_timestamp(pointer.key(&comparison.operator()), text, findings);
        }
        Test::Condition(_) | Test::Not(_) | Test::Variable { .. } => {}
    }
}

/// All objects of a state that set variables.
pub(super) fn assignments<'a>(placed: &PlacedState<'a>) -> Vec<(Pointer, &'a Map<String, Value>)> {
    let state = placed.state.assign().map(|assign| (placed.pointer.clone(), assign));
    let catchers = placed.state.catch().unwrap_or_default().iter().enumerate();
    let catch = placed.pointer.key("Catch");
    let catchers = catchers.filter_map(|(index, catcher)| Some((catch.index(index), catcher.assign.as_ref()?)));
    let rules = rules(placed).into_iter().filter_map(|rule| Some((rule.pointer, rule.rule.assign.as_ref()?)));
    let all = state.into_iter().chain(catchers).chain(rules);
    all.map(|(pointer, assign)| (pointer.key("Assign"), assign)).collect()
}

fn check_variables(pointer: &Pointer, variables: &Map<String, Value>, findings: &mut Findings) {
    for key in variables.keys() {
        let name = key.strip_suffix(".$").unwrap_or(key);
        if name == "states" {
            findings.add(Rule::VariableName, pointer.key(key), "The variable name 'states' is reserved");
        } else if !is_variable_name(name) {
            let message = format!(
                "A variable name must begin with a letter, go on with letters, digits or '_', and have at most {LONGEST_VARIABLE} characters"
            );
            findings.add(Rule::VariableName, pointer.key(key), message);
        }
    }
}

/// Close to Unicode's rule for identifiers (UAX 31), which the States Language asks for.
fn is_variable_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && name.chars().all(|next| next.is_alphanumeric() || next == '_')
        && name.chars().count() <= LONGEST_VARIABLE
}

fn check_values(placed: &PlacedState<'_>, findings: &mut Findings) {
    match placed.state {
        State::Task(task) => {
            let credentials = task.credentials.as_ref();
            if credentials.is_some_and(|given| !given.contains_key("RoleArn") && !given.contains_key("RoleArn.$")) {
                let message = "The field 'RoleArn' is required but was missing";
                findings.add(Rule::RoleArn, placed.pointer.key("Credentials"), message);
            }
        }
        State::Wait(wait) => {
            if let Some(Dynamic::Literal(text)) = &wait.timestamp {
                check_timestamp(placed.pointer.key("Timestamp"), text, findings);
            }
        }
        State::Parallel(parallel) => check_not_empty(placed.pointer.key("Branches"), &parallel.branches, findings),
        State::Choice(choice) => check_not_empty(placed.pointer.key("Choices"), &choice.choices, findings),
        State::Map(_) | State::Pass(_) | State::Succeed(_) | State::Fail(_) => {}
    }
}

fn check_timestamp(pointer: Pointer, text: &str, findings: &mut Findings) {
    if !is_timestamp(text) {
        findings.add(Rule::Timestamp, pointer, "String does not match RFC3339 timestamp");
    }
}

fn check_not_empty<T>(pointer: Pointer, elements: &[T], findings: &mut Findings) {
    if elements.is_empty() {
        findings.add(Rule::NotEmpty, pointer, "Value cannot be empty");
    }
}
