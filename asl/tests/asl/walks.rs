//! Going through a machine.

use serde_json::json;
use stepwright_asl::{QueryLanguage, StateMachine};

fn machine() -> StateMachine {
    let inner = |name: &str| json!({ "StartAt": name, "States": { name: { "Type": "Succeed" } } });
    let document = json!({
        "QueryLanguage": "JSONata",
        "StartAt": "Decide",
        "States": {
            "Decide": {
                "Type": "Choice",
                "Choices": [{ "Condition": true, "Next": "a/b" }, { "Condition": true, "Next": "Each" }],
                "Default": "Each"
            },
            "a/b": { "Type": "Parallel", "Branches": [inner("Left"), {
                "StartAt": "Right",
                "States": { "Right": { "Type": "Map", "Iterator": inner("Deep"), "End": true } }
            }], "Next": "Each" },
            "Each": {
                "Type": "Map",
                "QueryLanguage": "JSONPath",
                "ItemProcessor": inner("Item"),
                "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Decide" }],
                "End": true
            }
        }
    });
    StateMachine::from_value(&document).unwrap()
}

#[test]
fn scopes() {
    let machine = machine();
    let scopes: Vec<_> =
        machine.scopes().into_iter().map(|scope| (scope.pointer.to_string(), scope.start_at)).collect();
    let scopes: Vec<_> = scopes.iter().map(|(pointer, start_at)| (pointer.as_str(), *start_at)).collect();
    assert_eq!(
        scopes,
        [
            ("", "Decide"),
            ("/States/a~1b/Branches/0", "Left"),
            ("/States/a~1b/Branches/1", "Right"),
            ("/States/Each/ItemProcessor", "Item"),
            ("/States/a~1b/Branches/1/States/Right/Iterator", "Deep"),
        ]
    );
}

#[test]
fn states_at_all_depths_are_where_their_pointers_lead() {
    let machine = machine();
    let document = machine.to_value();
    let names: Vec<_> = machine.all_states().map(|placed| placed.name).collect();
    assert_eq!(names, ["Decide", "a/b", "Each", "Left", "Right", "Item", "Deep"]);
    for placed in machine.all_states() {
        assert_eq!(document.pointer(placed.pointer.as_str()), Some(&placed.state.to_value()));
    }
}

#[test]
fn transitions_are_where_their_pointers_lead() {
    let machine = machine();
    let document = machine.to_value();
    let mut found = Vec::new();
    for placed in machine.all_states() {
        for transition in placed.state.transitions() {
            let pointer = placed.pointer.join(&transition.pointer);
            assert_eq!(document.pointer(pointer.as_str()), Some(&transition.target.into()));
            found.push((placed.name, transition.pointer.to_string(), transition.target));
        }
    }
    let found: Vec<_> = found.iter().map(|(from, at, to)| (*from, at.as_str(), *to)).collect();
    assert_eq!(
        found,
        [
            ("Decide", "/Choices/0/Next", "a/b"),
            ("Decide", "/Choices/1/Next", "Each"),
            ("Decide", "/Default", "Each"),
            ("a/b", "/Next", "Each"),
            ("Each", "/Catch/0/Next", "Decide"),
        ]
    );
}

#[test]
fn language_is_the_states_own_or_the_machines() {
    let machine = machine();
    let languages: Vec<_> = machine.all_states().map(|placed| machine.language_of(placed.state)).collect();
    let (jsonata, json_path) = (QueryLanguage::Jsonata, QueryLanguage::JsonPath);
    assert_eq!(languages, [jsonata, jsonata, json_path, jsonata, jsonata, jsonata, jsonata]);
}
