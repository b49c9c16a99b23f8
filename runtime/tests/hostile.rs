//! Definitions that mean harm: whatever they are, they end, with an error if need be.
#![expect(clippy::unwrap_used, reason = "a test that panics has told what it has to tell")]

use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde_json::{Value, json};
use stepwright_asl::StateMachine;
use stepwright_runtime::{ExecutionResult, Fault, Interpreter, Limits, Program, TaskFailure, TaskRequest};

/// Runs a machine if it can be compiled.
fn run(machine: &Value, input: Value) -> Option<Result<ExecutionResult, Fault>> {
    let mut limits = Limits::default();
    limits.expression_milliseconds = 500;
    let program = Program::compile(&StateMachine::from_value(machine).ok()?).ok()?;
    let answer = |request: TaskRequest| async move {
        if request.retry_count == 0 { Err(TaskFailure::new("Bad", "why")) } else { Ok(request.arguments) }
    };
    Some(Interpreter::new(&program).limits(limits).task_handler(answer).run_blocking(input))
}

fn machine(language: &str, states: Value) -> Value {
    json!({ "QueryLanguage": language, "StartAt": "A", "States": states })
}

/// Runs a machine of one Pass state with the given output, which must end soon and with an error.
fn error_of(output: &str) -> String {
    let started = Instant::now();
    let machine =
        machine("JSONata", json!({ "A": { "Type": "Pass", "Output": format!("{{% {output} %}}"), "End": true } }));
    let result = run(&machine, json!({})).ok_or(output).unwrap().unwrap();
    assert!(started.elapsed() < Duration::from_secs(30), "{output}");
    format!("{}: {}", result.error.unwrap(), result.cause.unwrap())
}

#[test]
fn endless_expressions_end() {
    assert!(error_of("($f := function() { $f() }; $f())").contains("timeout"));
    assert!(error_of("($l := [1..2000]; $l[$count($l[$count($l[$ > 1]) > 1]) > 1])").contains("timeout"));
    assert!(error_of("($f := function() { 1 + $f() }; $f())").contains("Stack overflow"));
    assert!(error_of("$range(0, 1000000000, 1)").contains("memory limit"));
    assert!(error_of("[0..1000000000]").starts_with("States.QueryEvaluationError"));
    assert!(error_of("$map([0..99999], function($v) { [0..99999] })").starts_with("States.QueryEvaluationError"));
    assert!(error_of("$reduce([0..5000], function($a, $v) { {'a': $a} })").starts_with("States."));
    assert!(error_of(r"$match($pad('', 40, 'a') & 'b', /^(a+)+\1\1$/)").starts_with("States."));
}

#[test]
fn pictures_of_dates_that_are_none_are_errors() {
    assert!(error_of("$fromMillis(1521801216617, '[,o]')").contains("could not be evaluated"));
    assert!(error_of("$toMillis('2018', '[,o]')").starts_with("States.QueryEvaluationError"));
}

#[test]
fn data_that_grows_deeper_and_deeper_ends() {
    let states = json!({ "A": { "Type": "Pass", "Parameters": { "a.$": "$" }, "Next": "B" }, "B": { "Type": "Pass", "Next": "A" } });
    let result = run(&machine("JSONPath", states), json!({})).unwrap().unwrap();
    assert!(result.cause.unwrap().ends_with("nested more than 1000 levels deep."));
}

#[test]
fn deep_input_is_refused() {
    let deep = (0..1_500).fold(Value::Null, |inner, _| Value::Array(vec![inner]));
    let result = run(&machine("JSONata", json!({ "A": { "Type": "Succeed" } })), deep).unwrap();
    assert!(matches!(result, Err(Fault::Unsupported(_))));
}

#[test]
fn deep_expressions_are_refused_or_run() {
    for depth in [100, 5_000] {
        for (open, close) in [("[", "]"), ("(", ")"), ("-", ""), ("$x.", "a")] {
            let expression = format!("{{% {}1{} %}}", open.repeat(depth), close.repeat(depth));
            let machine = machine("JSONata", json!({ "A": { "Type": "Pass", "Output": expression, "End": true } }));
            let _refused_or_run = run(&machine, json!({}));
        }
        let call = format!("{}1{}", "States.Array(".repeat(depth), ")".repeat(depth));
        let parentheses = format!("$[?{}@.a{}]", "(".repeat(depth), ")".repeat(depth));
        let filters = format!("${}{}", "[?(@".repeat(depth), ")]".repeat(depth));
        for source in [call, parentheses, filters, "$".to_owned() + &"..*".repeat(depth)] {
            let pass = json!({ "Type": "Pass", "Parameters": { "v.$": source }, "End": true });
            let _refused_or_run = run(&machine("JSONPath", json!({ "A": pass })), json!({}));
        }
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let texts = vec![
        "A",
        "B",
        "",
        "$",
        "$$",
        "$.a",
        "$.a[0]",
        "$..*",
        "$[*]",
        "$[-1:]",
        "$[?(@.a > 1)]",
        "$v",
        "$v.a",
        "States.ALL",
        "States.Timeout",
        "States.Array($.a, 1)",
        "States.Format('{}', $)",
        "States.MathRandom(0, 9, $.a)",
        "2020-01-01T00:00:00Z",
        "arn:aws:states:::lambda:invoke",
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "arn:aws:lambda:us-east-1:123456789012:function:f",
        "FULL",
    ];
    let expressions = vec![
        "$states.input",
        "$states.input.a",
        "$states.result",
        "$states.errorOutput.Error",
        "$states.context",
        "$v",
        "$v.a[0]",
        "[$v, 1]",
        "1",
        "true",
        "'a'",
        "1/0",
        "$map($v, $uuid)",
        "$states.input.a + 1",
        "$count($states.input) > 1",
        "$sort($v)",
        "$partition([1, 2], $v)",
        "$random($v)",
        "$v ~> $string",
        "$states.input.**.a",
        "$match($string($v), /a|(b)/)",
        "{'a': $v}",
        "$x := 1",
    ];
    prop_oneof![
        prop::sample::select(texts).prop_map(str::to_owned),
        prop::sample::select(expressions).prop_map(|body| format!("{{% {body} %}}")),
        "\\PC{0,12}",
    ]
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3_i64..5).prop_map(Value::from),
        (-2.0..3.0).prop_map(Value::from),
        any_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let key = prop_oneof![
            Just("a"),
            Just("a.$"),
            Just("v"),
            Just("v.$"),
            Just("FunctionName"),
            Just("RoleArn"),
            Just("Payload")
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec((key.prop_map(str::to_owned), inner), 0..3)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Some of the fields that states have, with values that may fit them.
fn any_state() -> impl Strategy<Value = Value> {
    let fields = [
        "InputPath",
        "OutputPath",
        "ResultPath",
        "Parameters",
        "ResultSelector",
        "Result",
        "Arguments",
        "Output",
        "Assign",
        "Resource",
        "TimeoutSeconds",
        "Seconds",
        "SecondsPath",
        "Timestamp",
        "TimestampPath",
        "Error",
        "Cause",
        "ErrorPath",
        "Items",
        "ItemsPath",
        "ItemSelector",
        "MaxConcurrency",
        "Credentials",
        "Default",
    ];
    let kind = prop::sample::select(vec!["Pass", "Task", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map"]);
    (kind, prop::collection::vec((prop::sample::select(fields.to_vec()), any_value()), 0..4), any_text(), any::<bool>()).prop_map(
        |(kind, fields, text, ends)| {
            let mut state: serde_json::Map<String, Value> = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            state.insert("Type".to_owned(), kind.into());
            let inner = json!({ "StartAt": "I", "States": { "I": { "Type": "Pass", "End": true } } });
            let policy = [("Retry", json!([{ "ErrorEquals": ["Bad"] }])), ("Catch", json!([{ "ErrorEquals": ["States.ALL"], "Next": "B" }]))];
            match kind {
                "Parallel" => state.extend([("Branches".to_owned(), json!([inner, inner]))]),
                "Map" => state.extend([("ItemProcessor".to_owned(), inner)]),
                "Choice" => {
                    let rules = json!([{ "Condition": text, "Next": "B" }, { "Variable": text, "IsPresent": true, "Next": "B" }]);
                    let rule = rules.get(usize::from(!text.starts_with("{%"))).cloned();
                    state.extend([("Choices".to_owned(), json!([rule]))]);
                }
                _ => {}
            }
            if matches!(kind, "Task" | "Parallel" | "Map") {
                state.extend(policy.map(|(name, value)| (name.to_owned(), value)));
            }
            if !matches!(kind, "Choice" | "Succeed" | "Fail") {
                let (name, value) = if ends { ("End", json!(true)) } else { ("Next", json!("B")) };
                state.insert(name.to_owned(), value);
            }
            Value::Object(state)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn any_machine_ends(language in prop::sample::select(vec!["JSONata", "JSONPath"]), first in any_state(), second in any_state(), input in any_value()) {
        let states = json!({ "A": first, "B": second });
        if let Some(Err(fault)) = run(&machine(language, states), input) {
            prop_assert!(matches!(fault, Fault::Unsupported(_)), "{fault}");
        }
    }
}

/// Pieces of expressions, paths and calls, in any order.
fn any_query() -> impl Strategy<Value = String> {
    let pieces = vec![
        "$",
        "$$",
        "$x",
        "$states.input",
        ".",
        "..",
        "*",
        "**",
        "%",
        "a",
        "`a b`",
        "[",
        "]",
        "[0]",
        "[-1]",
        "[1:2]",
        "[?(@.a == 1)]",
        "(",
        ")",
        "{",
        "}",
        "'a'",
        "'",
        "\"",
        "1",
        "-",
        "0.5",
        "1e308",
        "9223372036854775807",
        "null",
        "true",
        ",",
        ":",
        ";",
        ":=",
        "?",
        "??",
        "?:",
        "~>",
        "&",
        "+",
        "/",
        "=",
        "!=",
        "<",
        "in ",
        "and ",
        "^(a)",
        "@$v",
        "#$i",
        "|",
        "|$|{'a': 1}|",
        "/(a+)+\\1b/",
        "/a/i",
        "function($v) { $v }",
        "$map(",
        "$sort(",
        "$reduce([1..9], ",
        "$pad('', ",
        "$string(",
        "$formatNumber(",
        "$toMillis(",
        "$match(",
        "$range(0, 9, ",
        "$partition(",
        "$parse(",
        "$hash(",
        "States.Array(",
        "States.Format('{}', ",
        "States.MathRandom(",
        "@",
        "==",
        "=~",
        ".length()",
        " ",
        "\\",
        "\u{1f600}",
    ];
    prop::collection::vec(prop::sample::select(pieces), 1..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever stands for a query is refused or evaluated.
    #[test]
    fn any_query_ends(query in any_query()) {
        let input = json!({ "a": [1, 2.5, { "a": "a" }, [], null], "x": "aaaab" });
        let output = json!({ "Type": "Pass", "Output": format!("{{% {query} %}}"), "End": true });
        let parameters = json!({ "Type": "Pass", "Parameters": { "v.$": query }, "End": true });
        for (language, state) in [("JSONata", output), ("JSONPath", parameters)] {
            if let Some(Err(fault)) = run(&machine(language, json!({ "A": state })), input.clone()) {
                prop_assert!(matches!(fault, Fault::Unsupported(_)), "{query}: {fault}");
            }
        }
    }
}
