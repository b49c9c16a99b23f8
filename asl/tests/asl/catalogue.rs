//! Every rule of the catalogue is broken by a definition here, and by none that keeps it.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use stepwright_asl::{Code, ExecutionType, Report, Rule, Severity, Validation};

fn check(definition: &str, machine_type: ExecutionType) -> Report {
    Validation { machine_type, severity: Severity::Warning, max_results: 0 }.check(definition)
}

/// A machine of one state that leads to another.
fn machine(language: &str, state: Value) -> String {
    json!({ "QueryLanguage": language, "StartAt": "X", "States": { "X": state, "Z": { "Type": "Succeed" } } })
        .to_string()
}

fn jsonata(state: Value) -> String {
    machine("JSONata", state)
}

fn jsonpath(state: Value) -> String {
    machine("JSONPath", state)
}

fn map(processor: Value, fields: Value) -> Value {
    let mut map = json!({ "Type": "Map", "Next": "Z", "ItemProcessor": { "StartAt": "I",
        "States": { "I": { "Type": "Pass", "End": true } } } });
    map["ItemProcessor"].as_object_mut().unwrap().extend(processor.as_object().unwrap().clone());
    map.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    map
}

fn distributed(fields: Value) -> Value {
    map(json!({ "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" } }), fields)
}

fn task(fields: Value) -> Value {
    let mut task = json!({ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "Z" });
    task.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    task
}

/// A definition that breaks the rule and no other.
fn broken(rule: Rule) -> String {
    match rule {
        Rule::Json => r#"{"StartAt": A}"#.to_owned(),
        Rule::JsonObject => "[]".to_owned(),
        Rule::DefinitionSize => " ".repeat(1_048_577),
        Rule::RequiredField => "{}".to_owned(),
        Rule::UnknownField => jsonata(json!({ "Type": "Pass", "Next": "Z", "Foo": 1 })),
        Rule::ValueType => jsonata(json!({ "Type": "Pass", "Next": 1 })),
        Rule::KnownWord => jsonata(json!({ "Type": "Sleep", "Next": "Z" })),
        Rule::Range => jsonata(json!({ "Type": "Wait", "Seconds": 100_000_000, "Next": "Z" })),
        Rule::NotEmpty => jsonata(json!({ "Type": "Parallel", "Branches": [], "Next": "Z" })),
        Rule::StateName => json!({ "StartAt": "", "States": { "": { "Type": "Succeed" } } }).to_string(),
        Rule::UniqueStateName => jsonata(json!({ "Type": "Parallel", "Next": "Z", "Branches":
            [{ "StartAt": "Z", "States": { "Z": { "Type": "Succeed" } } }] })),
        Rule::TransitionTarget => {
            jsonata(json!({ "Type": "Choice", "Choices": [{ "Condition": true, "Next": "Y" }], "Default": "Z" }))
        }
        Rule::Reachable => jsonata(json!({ "Type": "Pass", "End": true })),
        Rule::EndState => json!({ "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "A" } } }).to_string(),
        Rule::Downgrade => jsonata(json!({ "Type": "Pass", "QueryLanguage": "JSONPath", "Next": "Z" })),
        Rule::FieldLanguage => jsonpath(json!({ "Type": "Pass", "Output": 1, "Next": "Z" })),
        Rule::ExactlyOne => jsonata(json!({ "Type": "Pass", "Next": "Z", "End": true })),
        Rule::Exclusive => json!({ "StartAt": "A", "States":
            { "A": { "Type": "Fail", "Error": "E", "ErrorPath": "$.e" } } })
        .to_string(),
        Rule::ChoiceRule => jsonata(json!({ "Type": "Choice", "Choices": [{ "Next": "Z" }] })),
        Rule::VariableName => jsonata(json!({ "Type": "Pass", "Assign": { "a.b": 1 }, "Next": "Z" })),
        Rule::RoleArn => jsonata(task(json!({ "Credentials": { "Role": "r" } }))),
        Rule::Timestamp => jsonata(json!({ "Type": "Wait", "Timestamp": "today", "Next": "Z" })),
        Rule::MapMode => jsonata(map(json!({}), json!({ "Label": "L" }))),
        Rule::Label => jsonata(distributed(json!({ "Label": "a b" }))),
        Rule::ItemReader => jsonata(distributed(json!({ "ItemReader":
            { "Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": { "InputType": "CSV" } } }))),
        Rule::ItemBatcher => jsonata(distributed(json!({ "ItemBatcher": { "BatchInput": 1 } }))),
        Rule::ResultWriter => jsonata(distributed(json!({ "ResultWriter": {} }))),
        Rule::StatesAll => jsonata(task(json!({ "Catch": [{ "ErrorEquals": ["States.ALL", "E"], "Next": "Z" }] }))),
        Rule::ErrorName => jsonata(task(json!({ "Retry": [{ "ErrorEquals": ["States.Any"] }] }))),
        Rule::Resource => jsonata(task(json!({ "Resource": "arn:aws:states:::dynamodb:query" }))),
        Rule::ResourceArn => jsonata(task(json!({ "Resource": "charge" }))),
        Rule::Express => jsonata(task(json!({ "Resource": "arn:aws:states:::batch:submitJob.sync" }))),
        Rule::Path => jsonpath(json!({ "Type": "Pass", "InputPath": "a.b", "Next": "Z" })),
        Rule::ReferencePath => jsonpath(json!({ "Type": "Pass", "ResultPath": "$.a[*]", "Next": "Z" })),
        Rule::Template => jsonpath(json!({ "Type": "Pass", "Parameters": { "a.$": "a" }, "Next": "Z" })),
        Rule::TemplateField => jsonpath(json!({ "Type": "Pass", "Parameters": { "a": 1, "a.$": "$.a" }, "Next": "Z" })),
        Rule::Dollar => jsonpath(json!({ "Type": "Pass", "Parameters": { "a": "$.a" }, "Next": "Z" })),
        Rule::Delimiters => jsonata(json!({ "Type": "Pass", "Output": ["{% 1"], "Next": "Z" })),
        Rule::Jsonata => jsonata(json!({ "Type": "Pass", "Output": { "a": "{% 1 + %}" }, "Next": "Z" })),
        Rule::Reference => jsonata(json!({ "Type": "Pass", "Output": "{% phone %}", "Next": "Z" })),
        Rule::VariableScope => json!({ "QueryLanguage": "JSONata", "StartAt": "A", "States": {
            "A": { "Type": "Pass", "Assign": { "a": 1 }, "Next": "X" },
            "X": { "Type": "Parallel", "End": true, "Branches": [{ "StartAt": "B", "States":
                { "B": { "Type": "Pass", "Assign": { "a": 1 }, "End": true } } }] }
        } })
        .to_string(),
        Rule::SetVariable => jsonata(json!({ "Type": "Pass", "Output": "{% $a %}", "Next": "Z" })),
        _ => unreachable!("{rule:?}"),
    }
}

#[test]
fn each_rule_is_broken() {
    for &rule in Rule::ALL {
        let machine_type = if rule == Rule::Express { ExecutionType::Express } else { ExecutionType::Standard };
        let report = check(&broken(rule), machine_type);
        let found: BTreeSet<_> = report.findings.iter().map(|finding| finding.rule.as_str()).collect();
        assert_eq!(found, BTreeSet::from([rule.as_str()]), "{report:#?}");
        assert_eq!(report.is_ok(), rule.severity() == Severity::Warning, "{report:#?}");
    }
}

#[test]
fn each_code_has_a_rule() {
    let codes: BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.code().as_str()).collect();
    assert!(codes.iter().all(|code| Code::from_name(code).is_some()));
    assert_eq!(codes.len(), 10);
}

#[test]
fn answers_are_cut_off_after_errors_and_warnings() {
    let definition =
        jsonpath(json!({ "Type": "Pass", "Parameters": { "a": "$.a", "b.$": "b", "c.$": "c" }, "Next": "Z" }));
    let report =
        |severity, max_results| Validation { severity, max_results, ..Validation::default() }.check(&definition);
    let rules = |report: &Report| report.findings.iter().map(|finding| finding.rule).collect::<Vec<_>>();
    let all = report(Severity::Warning, 0);
    assert_eq!(rules(&all), [Rule::Template, Rule::Template, Rule::Dollar]);
    assert!(!all.truncated);
    assert_eq!(report(Severity::Error, 2).findings.len(), 2);
    assert!(!report(Severity::Error, 2).truncated);
    let cut = report(Severity::Error, 1);
    assert_eq!(
        cut.to_value(),
        json!({ "result": "FAIL", "truncated": true, "diagnostics": [{
            "severity": "ERROR",
            "code": "SCHEMA_VALIDATION_FAILED",
            "location": "/States/X/Parameters",
            "message": "The value for the field 'b.$' must be a valid JSONPath or a valid intrinsic function call",
        }] })
    );
    assert_eq!(
        cut.invalid_definition().unwrap(),
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: The value for the field 'b.$' must be a valid JSONPath or a valid intrinsic function call at /States/X/Parameters'"
    );
}

#[test]
fn syntax_errors_are_jacksons() {
    for (text, place, message) in [
        ("{x", 3, "Unexpected character ('x' (code 120)): was expecting double-quote to start field name"),
        (
            "{\"a\" 1}",
            7,
            "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
        ),
        ("{\"a\":1 2}", 9, "Unexpected character ('2' (code 50)): was expecting comma to separate Object entries"),
        ("{\"a\":[1 2]}", 10, "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries"),
        (
            "{\"a\":tru}",
            9,
            "Unrecognized token 'tru': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
        ),
    ] {
        let report = check(text, ExecutionType::Standard);
        let place = format!("[Source: (String)\"{text}\"; line: 1, column: {place}]");
        let found = &report.findings[0];
        assert_eq!(
            (found.message.as_str(), found.location.as_ref()),
            (&*format!("{message}\n at {place}"), Some(&place))
        );
    }
}
