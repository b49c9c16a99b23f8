//! Machines as pictures.

use serde_json::json;
use stepwright_asl::{StateMachine, graph::Graph};

use crate::conformance::read_documents;

/// A machine with everything that is drawn in its own way: names that are long or need escapes, rules in both languages,
/// catchers, retriers, loops back, machines within machines.
fn machine() -> StateMachine {
    let task = "arn:aws:states:::lambda:invoke";
    StateMachine::from_value(&json!({
        "StartAt": "Is \"it\" <there> & not | gone?",
        "States": {
            "Is \"it\" <there> & not | gone?": {"Type": "Choice", "Default": "Wait a bit", "Choices": [
                {"And": [{"Variable": "$.a", "NumericGreaterThan": 3}, {"Not": {"Variable": "$.b", "IsPresent": true}}], "Next": "Side by side"},
                {"Variable": "$.c", "StringMatches": "x*", "Next": "Side by side"},
                {"Variable": "$.d", "BooleanEquals": false, "Next": "Nothing to do"}
            ]},
            "Wait a bit": {"Type": "Wait", "Seconds": 30, "Next": "Is \"it\" <there> & not | gone?"},
            "Side by side": {"Type": "Parallel", "Next": "Again", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Given up"}], "Branches": [
                {"StartAt": "Left", "States": {"Left": {"Type": "Task", "Resource": task, "End": true}}},
                {"StartAt": "Each", "States": {
                    "Each": {"Type": "Map", "MaxConcurrency": 5, "Next": "Right", "ItemProcessor": {
                        "StartAt": "Pick_one_of_the_items_of_the_order", "States": {
                            "Pick_one_of_the_items_of_the_order": {"Type": "Task", "Resource": task, "End": true,
                                "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 2}]}
                        }}},
                    "Right": {"Type": "Pass", "End": true}
                }}
            ]},
            "Again": {"Type": "Task", "Resource": task, "Next": "Nothing to do", "Catch": [
                {"ErrorEquals": ["Busy", "Slow"], "Next": "Again"}, {"ErrorEquals": ["States.ALL"], "Next": "Given up"}
            ]},
            "Nothing to do": {"Type": "Succeed"},
            "Given up": {"Type": "Fail"}
        }
    }))
    .unwrap()
}

fn graph() -> Graph {
    Graph::of(&machine()).with_notes(|state| (state == "Again").then(|| "jobs.rs:12".to_owned()))
}

#[test]
fn mermaid() {
    insta::assert_snapshot!(graph().to_mermaid());
}

#[test]
fn dot() {
    insta::assert_snapshot!(graph().to_dot());
}

#[test]
fn svg() {
    insta::assert_snapshot!(graph().to_svg());
}

/// The pictures of real machines: they name every state, are numbers all over, and the same each time.
#[test]
fn real_machines() {
    let Some(documents) = read_documents("machines") else { return };
    let mut drawn = 0;
    for (name, text) in documents {
        let Ok(machine) = text.parse::<StateMachine>() else { continue };
        let svg = Graph::of(&machine).to_svg();
        assert!(!svg.contains("NaN") && !svg.contains("=\"inf"), "{name}");
        assert_eq!(
            svg.matches("<g><title>").count() - svg.matches("fill-opacity").count(),
            machine.all_states().count()
        );
        assert_eq!(svg, Graph::of(&machine).to_svg());
        drawn += 1;
    }
    assert!(drawn > 100, "{drawn}");
}
