//! Definitions made to do harm: each is refused or answered, in bounded time and memory.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use stepwright_asl::jsonpath::{Intrinsic, Path};
use stepwright_asl::{StateMachine, Validation, jsonata, validate};

/// What expressions are made of.
const WORDS: &[&str] = &[
    "$states",
    ".input",
    ".result",
    "$x",
    "$",
    "$$",
    "a",
    "'t'",
    "1",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    ";",
    " := ",
    "function($y)",
    "$map",
    " ~> ",
    " ? ",
    "..",
    "^(",
    "<",
    "@$i",
    "#$j",
    "|",
    " and ",
    "%",
    "/r/i",
    "*",
    "**",
    "-",
];

fn check(definition: &str) -> usize {
    Validation::default().check(definition).findings.len()
}

/// A chain of choices each of which leads back as well, so that what later ones set comes to the first by thousands of ways.
#[test]
fn loops_within_loops_are_looked_at_once() {
    let last = 4_000;
    let choice = |place: usize| {
        let rule =
            json!({ "Condition": true, "Next": format!("S{}", place + 1), "Assign": { format!("v{place}"): 1 } });
        json!({ "Type": "Choice", "Choices": [rule], "Default": format!("S{}", place.saturating_sub(1)) })
    };
    let mut states: Map<String, Value> = (0..last).rev().map(|place| (format!("S{place}"), choice(place))).collect();
    let output = format!("{{% [$v0, $v{}, $none] %}}", last - 2);
    states["S0"]["Output"] = json!(output);
    states.insert(format!("S{last}"), json!({ "Type": "Succeed" }));
    let machine = json!({ "QueryLanguage": "JSONata", "StartAt": "S0", "States": states });
    let messages: Vec<_> =
        validate(&StateMachine::from_value(&machine).unwrap()).into_iter().map(|finding| finding.message).collect();
    assert_eq!(messages, ["The variable 'none' is not set on any way to this state."]);
}

#[test]
fn deep_documents_are_refused() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}"), (r#"{"States":{"A":{"Type":"Parallel","Branches":["#, "]}}}")]
    {
        let text = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
        assert_eq!(check(&text), 1, "{open}");
        let text = format!(r#"{{"StartAt":"A","States":{{"A":{{"Type":"Pass","End":true,"Result":{text}}}}}}}"#);
        assert_eq!(check(&text), 1, "{open}");
    }
}

#[test]
fn deep_expressions_paths_and_calls_are_refused() {
    let brackets = |depth: usize| ["[".repeat(depth), "1".to_owned(), "]".repeat(depth)].concat();
    let pass = |language: &str, field: &str, value: Value| json!({ "QueryLanguage": language, "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true, field: value } } });
    let expression = format!("{{% {} %}}", brackets(100_000));
    assert_eq!(check(&pass("JSONata", "Output", expression.into()).to_string()), 1);
    let path = format!("${}", "[?(@.a".repeat(100_000));
    assert_eq!(check(&pass("JSONPath", "InputPath", path.into()).to_string()), 1);
    let path = format!("$.a[?{}@.b{}]", "(".repeat(10_000), ")".repeat(10_000));
    assert_eq!(check(&pass("JSONPath", "InputPath", path.into()).to_string()), 1);
    let call = format!("{}{}", "States.Array(".repeat(10_000), ")".repeat(10_000));
    assert_eq!(check(&pass("JSONPath", "Parameters", json!({ "a.$": call })).to_string()), 1);
}

/// A chain of states in which each sets a variable of its own and reads the first one.
fn chain(length: usize) -> StateMachine {
    let state = |index: usize| {
        let next = format!("s{}", (index + 1) % length);
        let state = json!({ "Type": "Choice", "Default": next, "Assign": { format!("v{index}"): "{% $v0 %}" },
            "Choices": [{ "Condition": "{% $v0 = 1 %}", "Next": "s0" }] });
        (format!("s{index}"), state)
    };
    let mut states: Map<_, _> = (0..length).map(state).collect();
    states.insert("s0".to_owned(), json!({ "Type": "Wait", "Seconds": 1, "Assign": { "v0": 1 }, "Next": "s1" }));
    states.insert(format!("s{}", length - 1), json!({ "Type": "Succeed" }));
    StateMachine::from_value(&json!({ "QueryLanguage": "JSONata", "StartAt": "s0", "States": states })).unwrap()
}

#[test]
fn many_states_with_many_variables_are_checked_in_time() {
    assert_eq!(validate(&chain(1_000)), []);
}

#[test]
fn nested_choice_rules_are_checked_in_time() {
    let mut rule = json!({ "Variable": "$.a", "IsNull": true });
    for _ in 0..50 {
        rule = json!({ "Not": rule });
    }
    rule["Next"] = "Z".into();
    let machine = json!({ "StartAt": "A", "States": { "A": { "Type": "Choice", "Choices": [rule] }, "Z": { "Type": "Succeed" } } });
    assert_eq!(check(&machine.to_string()), 0);
}

proptest! {
    #[test]
    fn expressions_are_read_or_refused(text in "[$a-c0-9 .,:;?(){}\\[\\]'\"`/\\\\*%@#^&|<>=!~+-]{0,40}") {
        if let Err(error) = jsonata::parse(&text) {
            prop_assert!(error.at <= text.len());
        }
    }

    #[test]
    fn expressions_of_words_are_read_or_refused(words in proptest::collection::vec(proptest::sample::select(WORDS), 0..30)) {
        let text = words.concat();
        let machine = json!({ "QueryLanguage": "JSONata", "StartAt": "A",
            "States": { "A": { "Type": "Succeed", "Output": format!("{{% {text} %}}") } } });
        let report = Validation::default().check(&machine.to_string());
        prop_assert!(jsonata::parse(text.trim()).is_ok() || !report.is_ok());
    }

    #[test]
    fn paths_and_calls_are_read_or_refused(text in "(\\$|States\\.(Format|Array)\\()?[$@a-c0-9 .,:?()\\[\\]'\"*!&|<=-]{0,30}") {
        let _ = (Path::parse(&text), Intrinsic::parse(&text));
    }
}
