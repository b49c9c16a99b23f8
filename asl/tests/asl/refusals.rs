//! Each kind of misfit is refused, at its place, with a reason that says what would fit.

use serde_json::{Value, json};
use stepwright_asl::StateMachine;

/// Expects that a machine whose only state is `state` is refused with `expected`, one line for each misfit.
fn check(state: Value, expected: &str) {
    let machine = json!({ "StartAt": "X", "States": { "X": state } });
    check_text(&machine.to_string(), expected);
}

fn check_text(text: &str, expected: &str) {
    let errors = StateMachine::from_json(text).unwrap_err();
    assert_eq!(errors.to_string(), expected, "{text}");
}

#[test]
fn unknown_field() {
    check(
        json!({ "Type": "Succeed", "Foo": 1 }),
        "/States/X/Foo: a Succeed state has no such field; it may have Type, Comment, QueryLanguage, InputPath, OutputPath, Output",
    );
    check(
        json!({ "Type": "Pass", "Catch": [] }),
        "/States/X/Catch: a Pass state has no such field; it may have Type, Comment, QueryLanguage, InputPath, Parameters, Result, ResultPath, OutputPath, Assign, Output, Next, End",
    );
    check_text(
        r#"{"StartAt": "X", "States": {}, "a/b~c": 1}"#,
        "/a~1b~0c: a state machine has no such field; it may have Comment, QueryLanguage, Version, TimeoutSeconds, StartAt, States",
    );
}

#[test]
fn query_language_of_a_branch() {
    check(
        json!({ "Type": "Parallel", "Branches": [{ "StartAt": "Y", "States": {}, "QueryLanguage": "JSONata" }] }),
        "/States/X/Branches/0/QueryLanguage: a branch has no such field; it may have Comment, StartAt, States",
    );
}

#[test]
fn missing_field() {
    check(json!({ "Type": "Task" }), "/States/X: a Task state needs the field `Resource`");
    check(json!({ "Comment": "?" }), "/States/X: a state needs the field `Type`");
    check(
        json!({ "Type": "Parallel", "Branches": [], "Catch": [{ "ErrorEquals": ["States.ALL"] }] }),
        "/States/X/Catch/0: a catcher needs the field `Next`",
    );
    check_text(
        "{}",
        "(document): a state machine needs the field `StartAt`\n(document): a state machine needs the field `States`",
    );
}

#[test]
fn unknown_keyword() {
    check(
        json!({ "Type": "Succeeded" }),
        "/States/X/Type: expected one of `Task`, `Parallel`, `Map`, `Pass`, `Wait`, `Choice`, `Succeed`, `Fail`, found the string `Succeeded`",
    );
    check(
        json!({ "Type": "Succeed", "QueryLanguage": "jsonata" }),
        "/States/X/QueryLanguage: expected one of `JSONPath`, `JSONata`, found the string `jsonata`",
    );
}

#[test]
fn wrong_type() {
    check(json!([]), "/States/X: expected a state (an object), found an array");
    check(json!({ "Type": "Pass", "Next": {} }), "/States/X/Next: expected a string, found an object");
    check(
        json!({ "Type": "Pass", "End": "true" }),
        "/States/X/End: expected `true` or `false`, found the string `true`",
    );
    check(json!({ "Type": "Pass", "Assign": [] }), "/States/X/Assign: expected an object, found an array");
    check(json!({ "Type": "Parallel", "Branches": {} }), "/States/X/Branches: expected an array, found an object");
    check(json!({ "Type": "Pass", "InputPath": 1 }), "/States/X/InputPath: expected a string or `null`, found `1`");
    check(json!({ "Type": "Pass", "Comment": null }), "/States/X/Comment: expected a string, found `null`");
    check_text(r#"{"StartAt": "X", "States": []}"#, "/States: expected an object, found an array");
    check_text("[]", "(document): expected a state machine (an object), found an array");
}

#[test]
fn neither_number_nor_expression() {
    for (value, found) in [
        (json!("5"), "the string `5`"),
        (json!("{% 5"), "the string `{% 5`"),
        (json!(" {% 5 %}"), "the string ` {% 5 %}`"),
        (
            json!("a string that is too long to be repeated whole"),
            "the string `a string that is too long to be repeated…`",
        ),
        (json!(-1), "`-1`"),
        (json!(1.5), "`1.5`"),
    ] {
        let reason = "expected a whole number of at least 0 or a JSONata expression `{% … %}`";
        check(json!({ "Type": "Wait", "Seconds": value }), &format!("/States/X/Seconds: {reason}, found {found}"));
    }
}

#[test]
fn expression_in_a_retrier() {
    check(
        json!({ "Type": "Task", "Resource": "r", "Retry": [{ "ErrorEquals": [], "MaxAttempts": "{% 1 %}" }] }),
        "/States/X/Retry/0/MaxAttempts: expected a whole number of at least 0, found the string `{% 1 %}`",
    );
}

#[test]
fn choice_rule_without_one_test() {
    for (rule, expected) in [
        (json!({}), ": a choice rule needs `Condition`, `And`, `Or`, `Not` or `Variable`"),
        (
            json!({ "And": [], "Or": [] }),
            ": a choice rule has only one of `Condition`, `And`, `Or`, `Not` and `Variable`",
        ),
        (json!({ "Variable": "$.a" }), ": `Variable` needs a comparison operator such as `StringEquals`"),
        (json!({ "StringEquals": "a" }), ": a comparison operator needs `Variable`, the path of its left side"),
        (
            json!({ "Variable": "$.a", "IsNull": true, "IsPresent": true }),
            ": a choice rule has only one comparison operator",
        ),
        (json!({ "Variable": "$.a", "NumericEquals": "1" }), "/NumericEquals: expected a number, found the string `1`"),
        (
            json!({ "Not": { "Condition": 1 } }),
            "/Not/Condition: expected `true` or `false` or a JSONata expression `{% … %}`, found `1`",
        ),
    ] {
        check(json!({ "Type": "Choice", "Choices": [rule] }), &format!("/States/X/Choices/0{expected}"));
    }
}

#[test]
fn unknown_comparison_operator() {
    check(
        json!({ "Type": "Choice", "Choices": [{ "Variable": "$.a", "StringIs": "a" }] }),
        "/States/X/Choices/0: `Variable` needs a comparison operator such as `StringEquals`\n\
         /States/X/Choices/0/StringIs: a choice rule has no such field; it may have Comment, Condition, And, Or, Not, Variable, a comparison operator, Assign, Output, Next",
    );
}

#[test]
fn member_given_twice() {
    let text = r#"{
        "StartAt": "X",
        "StartAt": "Y",
        "States": {"X": {"Type": "Pass", "Result": [{"a": 1, "b": 2, "a": 1}], "End": true}, "X": {"Type": "Succeed"}}
    }"#;
    let reason = "the object has this member twice; one of them would be lost";
    check_text(text, &format!("/StartAt: {reason}\n/States/X/Result/0/a: {reason}\n/States/X: {reason}"));
}

#[test]
fn all_misfits_at_once() {
    let text = r#"{
        "StartAt": 1,
        "Version": 1,
        "States": {"A": {"Type": "Wait", "Seconds": true, "Next": "B"}, "B": {"Type": "Sleep"}, "B": {"Type": "Fail"}}
    }"#;
    check_text(
        text,
        "/States/B: the object has this member twice; one of them would be lost\n\
         /Version: expected a string, found `1`\n\
         /StartAt: expected a string, found `1`\n\
         /States/A/Seconds: expected a whole number of at least 0 or a JSONata expression `{% … %}`, found `true`",
    );
}

#[test]
fn text_that_is_no_json() {
    check_text("{\"StartAt\": }", "(document): expected value at line 1 column 13");
    check_text("", "(document): EOF while parsing a value at line 1 column 0");
    let deep = "[".repeat(1000);
    check_text(&deep, "(document): recursion limit exceeded at line 1 column 128");
}

#[test]
fn serde_refuses_the_same() {
    let text = r#"{"StartAt": "X", "StartAt": "X", "States": {"X": {"Type": "Task"}}}"#;
    let error = serde_json::from_str::<StateMachine>(text).unwrap_err();
    let errors = StateMachine::from_json(text).unwrap_err();
    assert_eq!(errors.0.len(), 2);
    assert!(error.to_string().starts_with(&errors.to_string()), "{error}");
}
