//! Each rule of the validator: a machine that breaks it, and what is said about it.

use serde_json::{Value, json};
use stepwright_asl::{Severity, StateMachine, validate};

const LAMBDA: &str = "arn:aws:states:::lambda:invoke";

/// Expects exactly the findings `expected` (code without its severity, pointer, message) in `machine`.
fn check(machine: &Value, expected: &[&str]) {
    let read = StateMachine::from_value(machine).unwrap_or_else(|errors| panic!("{errors}"));
    let findings: Vec<_> = validate(&read)
        .iter()
        .map(|finding| format!("{} {}: {}", finding.code(), finding.pointer, finding.message))
        .collect();
    assert_eq!(findings, expected, "{machine:#}");
}

/// Checks a state that follows the start state and ends in `Z`, in a machine of the query language given.
fn check_state(language: &str, state: Value, expected: &[&str]) {
    let machine = json!({
        "QueryLanguage": language,
        "StartAt": "A",
        "States": { "A": { "Type": "Pass", "Next": "X" }, "X": state, "Z": { "Type": "Succeed" } }
    });
    check(&machine, expected);
}

fn inner(name: &str) -> Value {
    json!({ "StartAt": name, "States": { name: { "Type": "Succeed" } } })
}

#[test]
fn structure() {
    check(
        &json!({ "StartAt": "A", "States": { "B": { "Type": "Pass", "Next": "C" }, "D": { "Type": "Succeed" } } }),
        &[
            "MISSING_TRANSITION_TARGET /StartAt: Missing 'Next' target: A",
            "MISSING_TRANSITION_TARGET /States/B/Next: Missing 'Next' target: C",
            "MISSING_TRANSITION_TARGET /States/B: State \"B\" is not reachable.",
            "MISSING_TRANSITION_TARGET /States/D: State \"D\" is not reachable.",
        ],
    );
    check(
        &json!({ "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "A" } } }),
        &["MISSING_END_STATE : Workflow has no terminal state"],
    );
    check(&json!({ "StartAt": "A", "States": {} }), &["SCHEMA_VALIDATION_FAILED /States: Value cannot be empty"]);
}

#[test]
fn targets_stay_within_their_scope() {
    check_state(
        "JSONata",
        json!({
            "Type": "Parallel",
            "Branches": [{ "StartAt": "B", "States": {
                "B": { "Type": "Choice", "Choices": [{ "Condition": true, "Next": "Z" }], "Default": "C" },
                "C": { "Type": "Fail" }
            } }],
            "Catch": [{ "ErrorEquals": ["E"], "Next": "C" }],
            "Next": "Z"
        }),
        &[
            "MISSING_TRANSITION_TARGET /States/X/Catch/0/Next: Missing 'Next' target: C",
            "MISSING_TRANSITION_TARGET /States/X/Branches/0/States/B/Choices/0/Next: Missing 'Next' target: Z",
        ],
    );
}

#[test]
fn names() {
    let (longest, too_long) = ("é".repeat(80), "é".repeat(81));
    check(
        &json!({ "StartAt": longest, "States": {
            longest.clone(): { "Type": "Parallel", "Branches": [inner("Y"), inner("Y"), inner(&longest)], "Next": too_long },
            too_long.clone(): { "Type": "Succeed" }
        } }),
        &[
            &format!("SCHEMA_VALIDATION_FAILED /States/{too_long}: A state name must have 1 to 80 characters"),
            &format!(
                "DUPLICATE_STATE_NAME /States/{longest}/Branches/1/States/Y: State name \"Y\" is used more than once in the state machine"
            ),
            &format!(
                "DUPLICATE_STATE_NAME /States/{longest}/Branches/2/States/{longest}: State name \"{longest}\" is used more than once in the state machine"
            ),
        ],
    );
}

#[test]
fn fields_of_the_other_language() {
    check_state(
        "JSONPath",
        json!({ "Type": "Task", "Resource": LAMBDA, "Arguments": {}, "TimeoutSeconds": "{% 1 %}", "Next": "Z",
                "Catch": [{ "ErrorEquals": ["E"], "Next": "Z", "Output": 1 }] }),
        &[
            "SCHEMA_VALIDATION_FAILED /States/X: The QueryLanguage is set to 'JSONPath', but field 'Arguments' is only supported for the 'JSONata' QueryLanguage",
            "SCHEMA_VALIDATION_FAILED /States/X/Catch/0: The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage",
            "SCHEMA_VALIDATION_FAILED /States/X/TimeoutSeconds: Expected value of type [INTEGER]",
        ],
    );
    check_state(
        "JSONata",
        json!({ "Type": "Choice", "Choices": [{ "Not": { "Variable": "$.a", "IsNull": true }, "Next": "Z" }] }),
        &[
            "SCHEMA_VALIDATION_FAILED /States/X/Choices/0: The QueryLanguage is set to 'JSONata', but field 'Not' is only supported for the 'JSONPath' QueryLanguage",
            "SCHEMA_VALIDATION_FAILED /States/X/Choices/0/Not: The QueryLanguage is set to 'JSONata', but field 'Variable' is only supported for the 'JSONPath' QueryLanguage",
        ],
    );
    check_state(
        "JSONata",
        json!({ "Type": "Pass", "QueryLanguage": "JSONPath", "Result": 1, "Next": "Z" }),
        &[
            "SCHEMA_VALIDATION_FAILED /States/X: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
        ],
    );
    check_state("JSONPath", json!({ "Type": "Pass", "QueryLanguage": "JSONata", "Output": 1, "Next": "Z" }), &[]);
}

#[test]
fn alternatives() {
    let next_or_end =
        "SCHEMA_VALIDATION_FAILED /States/X: Exactly one of these fields is required: [Next, End], given:";
    let unreachable = "MISSING_TRANSITION_TARGET /States/Z: State \"Z\" is not reachable.";
    check_state(
        "JSONata",
        json!({ "Type": "Pass", "Next": "Z", "End": true }),
        &[&format!("{next_or_end} [Next, End]")],
    );
    check_state("JSONata", json!({ "Type": "Pass", "End": false }), &[unreachable, &format!("{next_or_end} []")]);
    check_state("JSONata", json!({ "Type": "Pass", "Next": "Z", "End": false }), &[]);
    check_state(
        "JSONPath",
        json!({ "Type": "Wait", "Seconds": 1, "SecondsPath": "$.s", "Next": "Z" }),
        &[
            "SCHEMA_VALIDATION_FAILED /States/X: Exactly one of these fields is required: [Seconds, SecondsPath, Timestamp, TimestampPath], given: [Seconds, SecondsPath]",
        ],
    );
    check_state(
        "JSONata",
        json!({ "Type": "Map", "Next": "Z" }),
        &[
            "SCHEMA_VALIDATION_FAILED /States/X: Exactly one of these fields is required: [ItemProcessor, Iterator], given: []",
        ],
    );
    check_state(
        "JSONPath",
        json!({ "Type": "Fail", "Error": "E", "ErrorPath": "$.e" }),
        &[unreachable, "SCHEMA_VALIDATION_FAILED /States/X: Field 'Error' can not be given together with 'ErrorPath'"],
    );
}

#[test]
fn choice_rules() {
    check_state(
        "JSONPath",
        json!({ "Type": "Choice", "Default": "Z", "Choices": [
            { "And": [] },
            { "Not": { "Variable": "$.t", "TimestampEquals": "today", "Next": "Z" }, "Next": "Z" }
        ] }),
        &[
            "SCHEMA_VALIDATION_FAILED /States/X/Choices/0: These fields are required: [Next]",
            "SCHEMA_VALIDATION_FAILED /States/X/Choices/0/And: Value cannot be empty",
            "SCHEMA_VALIDATION_FAILED /States/X/Choices/1/Not: Field 'Next' is not supported in a rule within a rule",
            "SCHEMA_VALIDATION_FAILED /States/X/Choices/1/Not/TimestampEquals: String does not match RFC3339 timestamp",
        ],
    );
    check_state(
        "JSONata",
        json!({ "Type": "Choice", "Choices": [], "Default": "Z" }),
        &["SCHEMA_VALIDATION_FAILED /States/X/Choices: Value cannot be empty"],
    );
}

#[test]
fn variables() {
    let shape =
        "A variable name must begin with a letter, go on with letters, digits or '_', and have at most 80 characters";
    check_state(
        "JSONata",
        json!({ "Type": "Task", "Resource": LAMBDA, "Next": "Z", "Assign": { "ok_1": 1, "größe": 1, "states": 1, "a.b": 1 },
                "Catch": [{ "ErrorEquals": ["E"], "Next": "Z", "Assign": { "1st": 1 } }] }),
        &[
            "SCHEMA_VALIDATION_FAILED /States/X/Assign/states: The variable name 'states' is reserved",
            &format!("SCHEMA_VALIDATION_FAILED /States/X/Assign/a.b: {shape}"),
            &format!("SCHEMA_VALIDATION_FAILED /States/X/Catch/0/Assign/1st: {shape}"),
        ],
    );
    check_state("JSONPath", json!({ "Type": "Pass", "Assign": { "a.$": "$.a" }, "Next": "Z" }), &[]);
}

#[test]
fn values() {
    check_state(
        "JSONata",
        json!({ "Type": "Wait", "Timestamp": "2016-03-14", "Next": "Z" }),
        &["SCHEMA_VALIDATION_FAILED /States/X/Timestamp: String does not match RFC3339 timestamp"],
    );
    check_state(
        "JSONata",
        json!({ "Type": "Task", "Resource": LAMBDA, "Credentials": { "Role": "r" }, "Next": "Z" }),
        &["SCHEMA_VALIDATION_FAILED /States/X/Credentials: The field 'RoleArn' is required but was missing"],
    );
    check_state(
        "JSONata",
        json!({ "Type": "Parallel", "Branches": [], "Next": "Z" }),
        &["SCHEMA_VALIDATION_FAILED /States/X/Branches: Value cannot be empty"],
    );
    check(
        &json!({ "StartAt": "A", "States": { "A": { "Type": "Succeed" } }, "Version": "2.0", "TimeoutSeconds": 0 }),
        &[
            "SCHEMA_VALIDATION_FAILED /Version: Value should be one of the following: [1.0]",
            "SCHEMA_VALIDATION_FAILED /TimeoutSeconds: Minimum value is 1",
        ],
    );
}

#[test]
fn maps() {
    let mut distributed = inner("I");
    distributed["ProcessorConfig"] = json!({ "Mode": "DISTRIBUTED" });
    check_state(
        "JSONata",
        json!({ "Type": "Map", "ItemProcessor": distributed, "Label": "a b", "Next": "Z", "ItemBatcher": { "BatchInput": 1 },
                "ItemReader": { "Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": { "InputType": "CSV" } } }),
        &[
            "SCHEMA_VALIDATION_FAILED /States/X/ItemProcessor/ProcessorConfig: These fields are required: [ExecutionType]",
            "SCHEMA_VALIDATION_FAILED /States/X/Label: A label must have 1 to 40 characters, without blanks and special characters",
            "SCHEMA_VALIDATION_FAILED /States/X/ItemReader/ReaderConfig: These fields are required: [CSVHeaderLocation]",
            "SCHEMA_VALIDATION_FAILED /States/X/ItemBatcher: At least one of these fields is required: [MaxItemsPerBatch, MaxInputBytesPerBatch]",
        ],
    );
    let labelled = |name: &str, next: Value| {
        let mut processor = inner(name);
        processor["ProcessorConfig"] = json!({ "Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS" });
        let mut map = json!({ "Type": "Map", "ItemProcessor": processor, "Label": "same" });
        map.as_object_mut().unwrap().extend(next.as_object().unwrap().clone());
        map
    };
    check(
        &json!({ "StartAt": "A", "States": {
            "A": labelled("I", json!({ "Next": "B" })), "B": labelled("J", json!({ "End": true })) } }),
        &["SCHEMA_VALIDATION_FAILED /States/B/Label: Label \"same\" is used more than once in the state machine"],
    );
    let mut inline = inner("I");
    inline["ProcessorConfig"] = json!({ "ExecutionType": "EXPRESS" });
    check_state(
        "JSONata",
        json!({ "Type": "Map", "Iterator": inline, "Next": "Z", "ItemReader": { "Resource": "arn:aws:states:::s3:getObject",
                "ReaderConfig": { "InputType": "CSV", "CSVHeaderLocation": "GIVEN", "CSVHeaders": [] } } }),
        &[
            "SCHEMA_VALIDATION_FAILED /States/X/Iterator/ProcessorConfig: Field 'ExecutionType' is not supported in INLINE mode",
            "SCHEMA_VALIDATION_FAILED /States/X: Field 'ItemReader' is not supported in INLINE mode",
            "SCHEMA_VALIDATION_FAILED /States/X/ItemReader/ReaderConfig: These fields are required: [CSVHeaders]",
        ],
    );
}

#[test]
fn error_names() {
    let state = json!({
        "Type": "Task",
        "Resource": LAMBDA,
        "Retry": [{ "ErrorEquals": ["States.ALL", "E"] }, { "ErrorEquals": [] }],
        "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Z" }, { "ErrorEquals": ["States.Timeout", "E"], "Next": "Z" }],
        "Next": "Z"
    });
    check_state(
        "JSONata",
        state,
        &[
            "SCHEMA_VALIDATION_FAILED /States/X/Retry/0/ErrorEquals: 'States.ALL' must stand alone, in the last entry",
            "SCHEMA_VALIDATION_FAILED /States/X/Retry/1/ErrorEquals: Value cannot be empty",
            "SCHEMA_VALIDATION_FAILED /States/X/Catch/0/ErrorEquals: 'States.ALL' must stand alone, in the last entry",
        ],
    );
}

#[test]
fn unknown_reserved_error_name_is_a_warning() {
    let machine = json!({ "StartAt": "A", "States": { "A": {
        "Type": "Task", "Resource": LAMBDA, "End": true,
        "Retry": [{ "ErrorEquals": ["States.TimedOut", "States.Http.StatusCode.503"] }]
    } } });
    let findings = validate(&StateMachine::from_value(&machine).unwrap());
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!(finding.severity(), Severity::Warning);
    assert_eq!(
        finding.to_string(),
        "WARNING SCHEMA_VALIDATION_FAILED at /States/A/Retry[0]/ErrorEquals: 'States.TimedOut' is not an error name of the States Language"
    );
}

#[test]
fn ranges() {
    check_state(
        "JSONata",
        json!({ "Type": "Task", "Resource": LAMBDA, "TimeoutSeconds": 5, "HeartbeatSeconds": 5, "Next": "Z", "Retry": [
            { "ErrorEquals": ["E"], "IntervalSeconds": 0, "MaxAttempts": 100_000_000, "BackoffRate": 0.5, "MaxDelaySeconds": 0 }
        ] }),
        &[
            "SCHEMA_VALIDATION_FAILED /States/X/HeartbeatSeconds: 'HeartbeatSeconds' must be less than 'TimeoutSeconds'",
            "SCHEMA_VALIDATION_FAILED /States/X/Retry/0/IntervalSeconds: Minimum value is 1",
            "SCHEMA_VALIDATION_FAILED /States/X/Retry/0/MaxAttempts: Maximum value is 99999999",
            "SCHEMA_VALIDATION_FAILED /States/X/Retry/0/MaxDelaySeconds: Minimum value is 1",
            "SCHEMA_VALIDATION_FAILED /States/X/Retry/0/BackoffRate: Minimum value is 1.0",
            "SCHEMA_VALIDATION_FAILED /States/X/Retry/0/MaxDelaySeconds: 'MaxDelaySeconds' must be greater than 'IntervalSeconds'",
        ],
    );
    check_state(
        "JSONata",
        json!({ "Type": "Map", "ItemProcessor": inner("I"), "Next": "Z", "ToleratedFailurePercentage": 100.5 }),
        &[
            "SCHEMA_VALIDATION_FAILED /States/X/ToleratedFailurePercentage: ToleratedFailurePercentage must be between 0 and 100.",
        ],
    );
}

#[test]
fn a_placeholder_ends() {
    let task = |resource: &str| json!({ "Type": "Task", "Resource": resource, "Next": "Z" });
    check_state("JSONata", task("${Function}"), &[]);
    check_state(
        "JSONata",
        task("${Function"),
        &[
            "SCHEMA_VALIDATION_FAILED /States/X/Resource: The resource provided ${Function is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.",
        ],
    );
}
