//! What is different between definitions.

use std::{fs, path::Path};

use serde_json::{Value, json};
use stepwright_deploy::drift::{Comparison, Deployed, Drift, Effect, Fate};

use crate::{drift, machine, parsed};

fn call(function: &str, next: Option<&str>) -> Value {
    let arguments = json!({"FunctionName": function, "Payload": "{% $states.input %}"});
    let mut task = json!({"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Arguments": arguments});
    let (field, value) = next.map_or(("End", json!(true)), |next| ("Next", json!(next)));
    task.as_object_mut().unwrap().insert(field.to_owned(), value);
    task
}

fn with(state: &Value, field: &str, value: Value) -> Value {
    let mut state = state.clone();
    state.as_object_mut().unwrap().insert(field.to_owned(), value);
    state
}

fn two() -> Value {
    machine(json!({"charge": call("charge", Some("ship")), "ship": call("ship", None)}))
}

/// Name and fate of each state.
fn fates(drift: &Drift) -> Vec<(&str, &Fate)> {
    drift.states.iter().map(|state| (state.name.as_str(), &state.fate)).collect()
}

#[test]
fn a_machine_is_the_same_as_itself_in_another_order_with_other_comments_and_real_arns() {
    let arn = |name: &str| format!("arn:aws:lambda:eu-west-1:123456789012:function:{name}");
    let deployed = json!({
        "States": {
            "ship": with(&call(&arn("ship"), None), "Comment", json!("ships")),
            "charge": call(&arn("charge"), Some("ship")),
        },
        "Comment": "deployed",
        "StartAt": "charge",
        "QueryLanguage": "JSONata",
    });
    let found = drift(&two(), &deployed);
    assert!(found.is_empty(), "{found}");
    assert_eq!(found.effects, []);

    let strict = Comparison { comments: true, ..Comparison::new("orders") };
    let found = strict.compare(&parsed(&two()), &Deployed::find(&deployed, "orders").unwrap());
    let pointers: Vec<_> = found.changes.iter().map(|change| change.pointer.as_str()).collect();
    assert_eq!(pointers, ["/Comment"]);
    assert_eq!(fates(&found), [("ship", &Fate::Changed)]);
}

#[test]
fn comments_of_retriers_are_comments_and_those_of_data_are_not() {
    let retry = |comment: &str| json!([{"Comment": comment, "ErrorEquals": ["States.ALL"]}]);
    let of = |comment: &str, data: &str| {
        let task = with(&call("f", None), "Retry", retry(comment));
        machine(json!({"f": with(&task, "Output", json!({"Comment": data}))}))
    };
    assert!(drift(&of("a", "x"), &of("b", "x")).is_empty());
    let found = drift(&of("a", "x"), &of("a", "y"));
    assert_eq!(found.states[0].changes[0].pointer, "/States/f/Output/Comment");
}

#[test]
fn fields_are_named_one_by_one() {
    let task = with(&call("charge", None), "TimeoutSeconds", json!(60));
    let task = with(&task, "Retry", json!([{"ErrorEquals": ["E"], "BackoffRate": 2, "MaxAttempts": 3}]));
    let deployed = machine(json!({"charge": task}));
    let task = with(&call("charge", None), "HeartbeatSeconds", json!(5));
    let task = with(&task, "Retry", json!([{"ErrorEquals": ["E"], "BackoffRate": 2.0, "MaxAttempts": 4}]));
    let found = drift(&machine(json!({"charge": task})), &deployed);
    let changes = found.states[0].changes.iter();
    let changes: Vec<_> =
        changes.map(|change| (change.pointer.as_str(), change.deployed.clone(), change.ours.clone())).collect();
    let expected = [
        ("/States/charge/HeartbeatSeconds", None, Some(json!(5))),
        ("/States/charge/Retry/0/MaxAttempts", Some(json!(3)), Some(json!(4))),
        ("/States/charge/TimeoutSeconds", Some(json!(60)), None),
    ];
    assert_eq!(changes.len(), expected.len(), "{found}");
    assert!(expected.iter().all(|change| changes.contains(change)), "{found}");
}

#[test]
fn added_removed_and_renamed_states_are_told_apart() {
    let deployed = machine(json!({
        "charge": with(&call("charge", Some("ship")), "TimeoutSeconds", json!(7)),
        "ship": call("ship", Some("old")),
        "old": call("old", None),
    }));
    let ours = machine(json!({
        "charge the card": with(&call("charge", Some("ship")), "TimeoutSeconds", json!(7)),
        "ship": call("ship", Some("new")),
        "new": call("new", None),
    }));
    let found = drift(&ours, &deployed);
    let renamed = Fate::Renamed { from: "charge".to_owned() };
    let expected =
        [("charge the card", &renamed), ("ship", &Fate::Changed), ("new", &Fate::Added), ("old", &Fate::Removed)];
    assert_eq!(fates(&found), expected);
    assert_eq!(found.changes, [], "the start state is the same under another name");
    assert!(found.states[0].changes.is_empty());
    assert_eq!(found.states[1].changes[0].pointer, "/States/ship/Next");
}

#[test]
fn nested_scopes_are_compared() {
    let fork = |function: &str| {
        let branch = json!({"StartAt": "in", "States": {"in": call(function, None)}});
        let processor = json!({"StartAt": "each", "States": {"each": call(function, None)}});
        machine(json!({
            "fork": {"Type": "Parallel", "Branches": [branch], "Next": "map"},
            "map": {"Type": "Map", "ItemProcessor": processor, "End": true},
        }))
    };
    let found = drift(&fork("a"), &fork("b"));
    let pointers: Vec<_> = found.states.iter().map(|state| state.pointer.as_str()).collect();
    let expected = ["/States/fork/Branches/0/States/in", "/States/map/ItemProcessor/States/each"];
    assert_eq!(pointers, expected, "{found}");
}

#[test]
fn what_running_executions_call_is_told() {
    let deployed = machine(json!({"charge": call("charge", Some("old")), "old": call("refund", None)}));
    let changed = json!({"FunctionName": "charge", "Payload": {"order": "{% $states.input %}"}});
    let ours = machine(json!({"charge": with(&call("charge", None), "Arguments", changed)}));
    let found = drift(&ours, &deployed);
    let gone = Effect::StillCalled { callee: "refund".to_owned(), states: vec!["old".to_owned()] };
    let both = Effect::CalledBothWays { callee: "charge".to_owned(), state: "charge".to_owned() };
    assert_eq!(found.effects, [gone, both]);
    insta::assert_snapshot!(found, @r#"
    ~ state `charge` (/States/charge)
        /States/charge/Arguments/Payload: "{% $states.input %}" -> {"order":"{% $states.input %}"}
        /States/charge/End: nothing -> true
        /States/charge/Next: "old" -> nothing
    - state `old` (/States/old as deployed)
    executions that run keep the definition that they started with
    ! they may still call `refund`, which this version does not (old): keep it until they end
    ! they call `charge` with the arguments from before, and state `charge` calls it with others: it has to take both
    "#);
}

#[test]
fn what_placeholders_stand_for_is_learnt() {
    let task = |resource: &str| machine(json!({"ask": {"Type": "Task", "Resource": resource, "End": true}}));
    let arn = "arn:aws:states:eu-west-1:123456789012:activity:ask";
    let found = drift(&task("${ask_activity}"), &task(arn));
    assert!(found.is_empty());
    assert_eq!(found.placeholders["ask_activity"], arn);
}

/// Every collected machine is the same as itself, and any two can be compared.
#[test]
fn collected_machines() {
    let Some(folder) = std::env::var_os("STEPWRIGHT_CONFORMANCE") else {
        assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "STEPWRIGHT_CONFORMANCE is not set");
        println!("skipped: STEPWRIGHT_CONFORMANCE is not set");
        return;
    };
    let files = fs::read_dir(Path::new(&folder).join("machines")).unwrap();
    let texts = files.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let documents = texts.filter_map(|text| serde_json::from_str::<Value>(&text).ok());
    let machines: Vec<_> = documents.filter_map(|document| Deployed::find(&document, "m").ok()).collect();
    assert!(machines.len() > 300, "{}", machines.len());
    let comparison = Comparison::new("m");
    for (one, other) in machines.iter().zip(machines.iter().skip(1)) {
        let same = comparison.compare(&one.machine, one);
        assert!(same.is_empty(), "{same}");
        let there = comparison.compare(&one.machine, other);
        let back = comparison.compare(&other.machine, one);
        assert_eq!(there.is_empty(), back.is_empty(), "{there}\n{back}");
    }
}
