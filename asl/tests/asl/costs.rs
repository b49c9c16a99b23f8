//! What executions of a machine cost.

use std::fmt::Write;

use serde_json::{Value, json};
use stepwright_asl::{
    StateMachine,
    cost::{Bounds, Cost, RepeatKind, Step},
};

/// A machine of Pass states, given where each leads; without a target it is the end. The first is the start state.
fn passes(ways: &[(&str, &[&str])]) -> Value {
    let states = ways.iter().map(|(name, targets)| {
        let state = match targets {
            [] => json!({"Type": "Succeed"}),
            [next] => json!({"Type": "Pass", "Next": next}),
            [default, rules @ ..] => {
                let rules: Vec<_> = rules.iter().map(|next| json!({"Condition": "{% $a %}", "Next": next})).collect();
                json!({"Type": "Choice", "Choices": rules, "Default": default})
            }
        };
        ((*name).to_owned(), state)
    });
    json!({"QueryLanguage": "JSONata", "StartAt": ways[0].0, "States": states.collect::<serde_json::Map<_, _>>()})
}

fn cost(machine: &Value) -> Cost {
    Cost::of(&StateMachine::from_value(machine).unwrap())
}

fn told(bounds: &Bounds) -> String {
    let mut told = format!("{} to {}", bounds.least, bounds.most);
    for repeat in &bounds.repeats {
        let further = if repeat.further { "further " } else { "" };
        let _ = write!(told, " + {} per {further}{:?} of {}", repeat.each, repeat.kind, repeat.states.join(" "));
    }
    told
}

fn names(steps: &[Step]) -> Vec<&str> {
    steps.iter().map(|step| step.state.as_str()).collect()
}

fn transitions(ways: &[(&str, &[&str])]) -> String {
    told(&cost(&passes(ways)).transitions)
}

#[test]
fn ways_without_loops() {
    assert_eq!(transitions(&[("a", &["b"]), ("b", &["c"]), ("c", &[])]), "3 to 3");
    let cost = cost(&passes(&[("a", &["b", "d"]), ("b", &["c"]), ("c", &["d"]), ("d", &[])]));
    assert_eq!(told(&cost.transitions), "2 to 4");
    assert_eq!(names(&cost.transitions.shortest), ["a", "d"]);
    assert_eq!(names(&cost.transitions.longest), ["a", "b", "c", "d"]);
    assert_eq!(told(&cost.events), "6 to 10");
}

#[test]
fn states_that_nothing_leads_to_cost_nothing() {
    assert_eq!(transitions(&[("a", &[]), ("b", &["c", "a"]), ("c", &["b"])]), "1 to 1");
}

#[test]
fn loops() {
    // Tested at its head, and at its end.
    assert_eq!(transitions(&[("h", &["e", "b"]), ("b", &["h"]), ("e", &[])]), "2 to 2 + 2 per Turn of h b");
    assert_eq!(transitions(&[("b", &["t"]), ("t", &["e", "b"]), ("e", &[])]), "3 to 3 + 2 per further Turn of b t");
    assert_eq!(transitions(&[("a", &["e", "a"]), ("e", &[])]), "2 to 2 + 1 per Turn of a");
    // The dearest of several ways round.
    let ways: &[(&str, &[&str])] = &[("h", &["e", "b", "c"]), ("b", &["h"]), ("c", &["d"]), ("d", &["h"]), ("e", &[])];
    assert_eq!(transitions(ways), "2 to 2 + 3 per Turn of h c d b");
    // One in the other, and one after the other.
    let nested: &[(&str, &[&str])] =
        &[("o", &["e", "i"]), ("i", &["x", "j"]), ("j", &["i"]), ("x", &["o"]), ("e", &[])];
    assert_eq!(transitions(nested), "2 to 2 + 3 per Turn of o i j x + 2 per Turn of i j");
    let twice: &[(&str, &[&str])] = &[("a", &["b", "a"]), ("b", &["c", "b"]), ("c", &[])];
    assert_eq!(transitions(twice), "3 to 3 + 1 per Turn of a + 1 per Turn of b");
}

#[test]
fn a_loop_with_two_entries_is_bounded_too() {
    let ways: &[(&str, &[&str])] = &[("s", &["x", "y"]), ("x", &["y"]), ("y", &["x", "e"]), ("e", &[])];
    // s x y e comes to 4: the way to y is the first turn.
    assert_eq!(transitions(ways), "3 to 3 + 2 per Turn of y x");
}

#[test]
fn a_machine_without_an_end() {
    assert_eq!(transitions(&[("a", &["b"]), ("b", &["a"])]), "0 to 0 + 2 per further Turn of a b");
}

fn task(next: &Value) -> Value {
    let mut task = json!({"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke"});
    task.as_object_mut().unwrap().extend(next.as_object().unwrap().clone());
    task
}

#[test]
fn branches_items_and_retries() {
    let items = json!({"StartAt": "pick", "States": {
        "pick": task(&json!({"Next": "weigh", "Retry": [
            {"ErrorEquals": ["A"], "MaxAttempts": 2}, {"ErrorEquals": ["States.ALL"]}
        ]})),
        "weigh": {"Type": "Wait", "Seconds": 1, "End": true}
    }});
    let machine = json!({"QueryLanguage": "JSONata", "StartAt": "both", "States": {
        "both": {"Type": "Parallel", "Next": "done", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "failed"}], "Branches": [
            passes(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])]).as_object().map(|all| json!({"StartAt": all["StartAt"], "States": all["States"]})).unwrap(),
            {"StartAt": "each", "States": {"each": {"Type": "Map", "ItemProcessor": items, "End": true}}}
        ]},
        "done": {"Type": "Succeed"},
        "failed": {"Type": "Fail", "Error": "Failed"}
    }});
    let cost = cost(&machine);
    // The least: the Parallel, which may fail before any state in it is entered, and `failed`.
    assert_eq!(told(&cost.transitions), "2 to 6 + 2 per Item of each");
    let step = |state: &str, adds| Step { state: state.to_owned(), adds };
    assert_eq!(cost.transitions.shortest, [step("both", 1), step("failed", 1)]);
    assert_eq!(cost.transitions.longest, [step("both", 5), step("done", 1)]);
    let parts: Vec<_> =
        cost.parts.iter().map(|part| (part.state.as_str(), part.branch, told(&part.transitions))).collect();
    assert_eq!(
        parts,
        [
            ("both", Some(0), "2 to 3".to_owned()),
            ("both", Some(1), "1 to 1 + 2 per Item of each".to_owned()),
            ("each", None, "2 to 2".to_owned())
        ]
    );
    assert_eq!(
        cost.retries.iter().map(|retries| (retries.state.as_str(), retries.most)).collect::<Vec<_>>(),
        [("pick", 5)]
    );
    // 2 of the execution, 4 + 6 + 4 + 2; of an item: 2 of the iteration, 5 and its 5 retries of 3, and 2.
    assert_eq!(told(&cost.events).split_once(" to ").unwrap().1, "18 + 24 per Item of each");
}

#[test]
fn items_that_the_definition_lists_and_child_executions() {
    let each = |config: Value, items: Value| {
        json!({"QueryLanguage": "JSONata", "StartAt": "each", "States": {"each": {"Type": "Map", "Items": items, "End": true, "ItemProcessor": {
            "ProcessorConfig": config, "StartAt": "pick", "States": {"pick": task(&json!({"End": true}))}
        }}}})
    };
    let listed = cost(&each(json!({"Mode": "INLINE"}), json!([1, "{% $b %}"])));
    assert_eq!(told(&listed.transitions), "3 to 3");
    assert_eq!(told(&listed.events), "20 to 20");
    let children =
        cost(&each(json!({"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}), json!("{% $states.input %}")));
    assert_eq!(told(&children.transitions), "1 to 1 + 1 per Child(Express) of each");
    assert!(matches!(children.transitions.repeats[0].kind, RepeatKind::Child(_)));
    assert!(children.events.is_bounded());
}

#[test]
fn machines_with_many_loops_are_done_in_time() {
    let names: Vec<_> = (0..1_000).map(|number| format!("s{number}")).collect();
    let targets: Vec<Vec<&str>> = (0..names.len())
        .map(|number| match number {
            0..500 => vec![names[number + 1].as_str()],
            999 => vec![],
            _ => vec![names[number + 1].as_str(), names[999 - number].as_str()],
        })
        .collect();
    let ways: Vec<_> = names.iter().zip(&targets).map(|(name, targets)| (name.as_str(), targets.as_slice())).collect();
    let cost = cost(&passes(&ways));
    assert_eq!(cost.transitions.repeats.len(), 499);
    assert_eq!(cost.transitions.most, 1_000);
}
