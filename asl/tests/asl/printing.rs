//! Machines made in code print as people would write them; parsed ones print as they were.

use serde_json::{Map, Value, json};
use stepwright_asl::{
    Branch, Catcher, Choice, ChoiceRule, Comparison, Dynamic, ExecutionType, Fail, ItemProcessor, JitterStrategy,
    Nullable, Operand, Parallel, Pass, ProcessorConfig, ProcessorMode, QueryLanguage, Relation, Retrier, State,
    StateMachine, States, Succeed, Task, Test, Wait,
};

#[test]
fn machine_made_in_code() {
    let machine = order_machine();
    insta::assert_snapshot!(machine.to_json());
    assert_eq!(StateMachine::from_json(&machine.to_json()), Ok(machine));
}

#[test]
fn every_field_is_read_and_written() {
    let text = include_str!("every_field.asl.json");
    let document: Value = serde_json::from_str(text).unwrap();
    let machine = StateMachine::from_json(text).unwrap();
    assert_eq!(machine.to_value().to_string(), document.to_string());

    for (name, state) in document["States"].as_object().unwrap() {
        let mut refused = state.clone();
        refused["Foo"] = json!(1);
        let reason = State::from_value(&refused).unwrap_err().to_string();
        let (_, fields) = reason.split_once("it may have ").unwrap();
        let given: Vec<_> = state.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(given.join(", "), fields, "{name}");
    }
}

#[test]
fn parsed_machine_with_additions_keeps_its_order() {
    let text = r#"{"States":{"A":{"End":true,"Type":"Pass"}},"StartAt":"A"}"#;
    let mut machine = StateMachine::from_json(text).unwrap();
    machine.comment = Some("added".to_owned());
    let Some(State::Pass(pass)) = machine.states.get_mut("A") else { panic!("a Pass state") };
    (pass.end, pass.next, pass.comment) = (None, Some("A".to_owned()), Some("added".to_owned()));
    assert_eq!(
        machine.to_value().to_string(),
        r#"{"States":{"A":{"Type":"Pass","Comment":"added","Next":"A"}},"StartAt":"A","Comment":"added"}"#
    );
}

#[test]
fn absent_null_and_empty_stay_apart() {
    for state in [
        r#"{"Type":"Pass","InputPath":null,"Result":null,"ResultPath":null,"Output":null,"End":false}"#,
        r#"{"Type":"Task","Resource":"r","Retry":[],"Catch":[],"Assign":{},"Arguments":{}}"#,
        r#"{"Type":"Map","Iterator":{"StartAt":"A","States":{}},"MaxConcurrency":0,"ToleratedFailurePercentage":1.0}"#,
        r#"{"Type":"Map","ItemProcessor":{"StartAt":"A","States":{},"ProcessorConfig":{}},"ToleratedFailurePercentage":1}"#,
    ] {
        let value: Value = serde_json::from_str(state).unwrap();
        assert_eq!(State::from_value(&value).unwrap().to_value().to_string(), state);
    }
}

#[test]
fn numbers_keep_their_digits() {
    for number in ["1", "1.0", "-8.619520474623498e-19", "18446744073709551615", "-9223372036854775808", "0.1"] {
        let text = format!(r#"{{"StartAt":"A","States":{{"A":{{"Type":"Pass","Result":{number}}}}}}}"#);
        assert_eq!(StateMachine::from_json(&text).unwrap().to_value().to_string(), text);
    }
}

#[test]
fn order_of_members_does_not_matter_for_equality() {
    let machine = |text| StateMachine::from_json(text).unwrap();
    assert_eq!(machine(r#"{"StartAt":"A","States":{}}"#), machine(r#"{"States":{},"StartAt":"A"}"#));
}

#[test]
fn every_comparison_operator() {
    let mut operators = 0;
    for (family, operand) in
        [("String", json!("a")), ("Numeric", json!(1.0)), ("Timestamp", json!("2016-03-14T01:59:00Z"))]
    {
        for relation in ["Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"] {
            operators += check_operator(&format!("{family}{relation}"), &operand);
            operators += check_operator(&format!("{family}{relation}Path"), &json!("$.b"));
        }
    }
    operators += check_operator("BooleanEquals", &json!(true));
    operators += check_operator("BooleanEqualsPath", &json!("$.b"));
    operators += check_operator("StringMatches", &json!("a*"));
    for test in ["Null", "Present", "Numeric", "String", "Boolean", "Timestamp"] {
        operators += check_operator(&format!("Is{test}"), &json!(false));
    }
    assert_eq!(operators, 39);
}

/// Counts the operator when it is read as what it is called, and written again.
fn check_operator(operator: &str, operand: &Value) -> usize {
    let rule = json!({ "Variable": "$.a", operator: operand, "Next": "A" });
    let state = json!({ "Type": "Choice", "Choices": [rule] });
    let read = State::from_value(&state).unwrap();
    assert_eq!(read.to_value().to_string(), state.to_string());
    let State::Choice(choice) = &read else { panic!("a Choice state") };
    let [ChoiceRule { test: Test::Variable { comparison, .. }, .. }] = choice.choices.as_slice() else {
        panic!("a comparison")
    };
    usize::from(comparison.operator() == operator)
}

#[test]
fn expressions() {
    assert_eq!(Dynamic::<u64>::expression("$n + 1"), Dynamic::Expression("{% $n + 1 %}".to_owned()));
    assert_eq!(Dynamic::<u64>::expression("$n").body(), Some("$n"));
    assert_eq!(Dynamic::Literal(1).body(), None);
    assert_eq!(Dynamic::from(1).literal(), Some(&1));
    assert_eq!(Nullable::from(1).value(), Some(&1));
    for (text, body) in [("{%a%}", Some("a")), ("{% %}", Some("")), ("{%}", None), ("{% a %} ", None), ("a", None)] {
        assert_eq!(stepwright_asl::expression_body(text), body, "{text}");
    }
}

fn order_machine() -> StateMachine {
    StateMachine {
        comment: Some("Charges an order and ships its items".to_owned()),
        query_language: Some(QueryLanguage::Jsonata),
        start_at: "Charge".to_owned(),
        states: states([
            ("Charge", charge().into()),
            ("Paid?", is_paid().into()),
            ("Cool down", cool_down().into()),
            ("Ship", ship().into()),
            ("Each item", each_item().into()),
            ("Done", Succeed { output: Some(json!("{% $paid %}")), ..Default::default() }.into()),
            ("Declined", declined().into()),
        ]),
        ..Default::default()
    }
}

fn charge() -> Task {
    Task {
        resource: "arn:aws:states:::lambda:invoke".to_owned(),
        arguments: Some(json!({ "FunctionName": "${Charge}", "Payload": "{% $states.input %}" })),
        timeout_seconds: Some(30.into()),
        heartbeat_seconds: Some(Dynamic::expression("$states.input.beat")),
        retry: Some(vec![Retrier {
            error_equals: vec!["States.TaskFailed".to_owned()],
            max_attempts: Some(5),
            backoff_rate: Some(2.into()),
            jitter_strategy: Some(JitterStrategy::Full),
            ..Default::default()
        }]),
        catch: Some(vec![Catcher {
            error_equals: vec!["States.ALL".to_owned()],
            output: Some(json!("{% $states.errorOutput %}")),
            next: "Declined".to_owned(),
            ..Default::default()
        }]),
        assign: Some(assign([("paid", json!("{% $states.result.Payload.cents %}"))])),
        next: Some("Paid?".to_owned()),
        ..Default::default()
    }
}

fn is_paid() -> Choice {
    let rule = |test, next: &str| ChoiceRule { test, next: Some(next.to_owned()), ..Default::default() };
    let comparison = Comparison::Numeric(Relation::GreaterThanEquals, Operand::Path("$.least".to_owned()));
    Choice {
        choices: vec![
            rule(Test::Condition(Dynamic::expression("$paid > 0")), "Ship"),
            rule(
                Test::Not(Box::new(ChoiceRule {
                    test: Test::Variable { path: "$.paid".to_owned(), comparison },
                    ..Default::default()
                })),
                "Cool down",
            ),
        ],
        default: Some("Declined".to_owned()),
        ..Default::default()
    }
}

fn cool_down() -> Wait {
    Wait { seconds: Some(60.into()), next: Some("Ship".to_owned()), ..Default::default() }
}

fn ship() -> Parallel {
    let pass = || Pass { output: Some(json!(1)), end: Some(true), ..Default::default() };
    Parallel {
        branches: vec![
            Branch { start_at: "Pack".to_owned(), states: states([("Pack", pass().into())]), ..Default::default() },
            Branch { start_at: "Tell".to_owned(), states: states([("Tell", pass().into())]), ..Default::default() },
        ],
        next: Some("Each item".to_owned()),
        ..Default::default()
    }
}

fn each_item() -> stepwright_asl::Map {
    let pass = Pass { input_path: Some(Nullable::Null), end: Some(true), ..Default::default() };
    stepwright_asl::Map {
        items: Some(json!("{% $states.input.items %}")),
        max_concurrency: Some(10.into()),
        item_processor: Some(ItemProcessor {
            processor_config: Some(ProcessorConfig {
                mode: Some(ProcessorMode::Distributed),
                execution_type: Some(ExecutionType::Express),
                ..Default::default()
            }),
            start_at: "Send".to_owned(),
            states: states([("Send", pass.into())]),
            ..Default::default()
        }),
        next: Some("Done".to_owned()),
        ..Default::default()
    }
}

fn declined() -> Fail {
    Fail {
        error: Some("Declined".to_owned().into()),
        cause: Some(Dynamic::expression("$states.input.Cause")),
        ..Default::default()
    }
}

fn states<const N: usize>(states: [(&str, State); N]) -> States {
    states.into_iter().map(|(name, state)| (name.to_owned(), state)).collect()
}

fn assign<const N: usize>(variables: [(&str, Value); N]) -> Map<String, Value> {
    variables.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
