//! Random documents: whatever comes in, the answer is a machine or a refusal, and what was read is written again.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value};
use stepwright_asl::{Resource, StateMachine, validate};

/// Strings that mean something somewhere, as values or as names of members.
const TEXTS: [&str; 16] = [
    "A",
    "Task",
    "Pass",
    "JSONata",
    "{% 1 %}",
    "{%}",
    "States.ALL",
    "é/~",
    "Type",
    "Next",
    "States",
    "StartAt",
    "Retry",
    "Condition",
    "Not",
    "IsNull",
];

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        select(&TEXTS).prop_map(Value::from),
    ]
}

fn members(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    proptest::collection::vec((select(&TEXTS), value), 0..6)
        .prop_map(|members| members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

fn value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            members(inner).prop_map(Value::from),
        ]
    })
}

/// The machine with every field, after a few random changes.
fn changed_machine() -> impl Strategy<Value = Value> {
    let change = (any::<Index>(), proptest::option::of(value()), select(&TEXTS));
    proptest::collection::vec(change, 1..4).prop_map(|changes| {
        let mut document = serde_json::from_str(include_str!("every_field.asl.json")).unwrap();
        for (place, value, key) in changes {
            change_one(&mut document, place, value, key);
        }
        document
    })
}

/// Puts `value` in one place of the document, or under `key` beside it, or takes away what is there.
fn change_one(document: &mut Value, place: Index, value: Option<Value>, key: &str) {
    let mut places = Vec::new();
    collect_places(document, String::new(), &mut places);
    let pointer: &String = place.get(&places);
    let place = document.pointer_mut(pointer).unwrap();
    match (place, value) {
        (Value::Object(members), Some(value)) => _ = members.insert(key.to_owned(), value),
        (Value::Object(members), None) => _ = members.shift_remove(key),
        (Value::Array(elements), None) => _ = elements.pop(),
        (place, value) => *place = value.unwrap_or_default(),
    }
}

fn collect_places(value: &Value, pointer: String, places: &mut Vec<String>) {
    let inner: Vec<_> = match value {
        Value::Object(members) => {
            members.iter().map(|(key, member)| (key.replace('~', "~0").replace('/', "~1"), member)).collect()
        }
        Value::Array(elements) => {
            elements.iter().enumerate().map(|(index, element)| (index.to_string(), element)).collect()
        }
        _ => Vec::new(),
    };
    for (step, value) in inner {
        collect_places(value, format!("{pointer}/{step}"), places);
    }
    places.push(pointer);
}

proptest! {
    #[test]
    fn values(document in prop_oneof![1 => value(), 4 => changed_machine()]) {
        match StateMachine::from_value(&document) {
            Ok(machine) => {
                prop_assert_eq!(machine.to_value().to_string(), document.to_string());
                let _ = validate(&machine);
            }
            Err(errors) => {
                prop_assert!(!errors.0.is_empty());
                for error in errors.0 {
                    prop_assert!(document.pointer(error.pointer.as_str()).is_some(), "{}", error);
                }
            }
        }
    }

    #[test]
    fn texts(text in ".{0,40}") {
        prop_assert!(StateMachine::from_json(&text).is_err());
    }

    #[test]
    fn damaged_texts(document in changed_machine(), at in any::<Index>(), by in "[{}\\[\\]\",:0a]") {
        let mut text = document.to_string();
        let at = at.index(text.len());
        if text.is_char_boundary(at) {
            text.insert_str(at, &by);
        }
        if let Ok(machine) = StateMachine::from_json(&text) {
            prop_assert_eq!(StateMachine::from_json(&machine.to_json()), Ok(machine));
        }
    }

    #[test]
    fn resources(text in "(arn)?:?(aws)?:(states|lambda):[a-z]?:[0-9]?:[a-z:.-]{0,20}") {
        if let Some(resource) = Resource::parse(&text) {
            prop_assert_eq!(resource.to_string(), text);
        }
    }
}
