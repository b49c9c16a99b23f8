//! What a definition tells.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use stepwright::asl::validate;
use stepwright_examples::{classics, orders, saga};

/// The names of a machine's states, at all levels.
fn states(machine: &Value, found: &mut BTreeSet<String>) {
    match machine {
        Value::Object(object) => {
            let own = object.get("States").and_then(Value::as_object);
            found.extend(own.into_iter().flat_map(|states| states.keys().cloned()));
            object.values().for_each(|value| states(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| states(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn a_definition_tells_machine_tasks_and_schemas() {
    let definition = orders::fulfil::definition();
    assert_eq!(definition.name(), "fulfil");
    assert_eq!(validate(definition.asl()), []);
    assert_eq!(definition.to_json(), orders::fulfil::definition().to_json());

    let tasks: Vec<_> = definition.tasks().iter().map(|task| task.name()).collect();
    assert_eq!(tasks, ["charge", "print_label", "pick", "pack"]);
    let charge = &definition.tasks()[0];
    assert_eq!(charge.info().timeout, Some(30));
    assert_eq!(charge.input_schema()["properties"]["customer"]["$ref"], "#/$defs/Customer");
    assert_eq!(charge.output_schema()["$ref"], "#/$defs/Receipt");

    let order = &definition.input_schema()["$defs"]["Order"];
    assert_eq!(order["required"], json!(["orderId", "customer", "items"]));
    let shipment = &definition.output_schema()["$defs"]["Shipment"];
    assert_eq!(shipment["required"], json!(["orderId", "label", "boxes", "receipt"]));
}

#[test]
fn the_source_map_places_every_state() {
    let definition = saga::book_trip::definition();
    let mut expected = BTreeSet::new();
    states(&definition.asl().to_value(), &mut expected);
    let placed: BTreeSet<_> = definition.source_map().iter().map(|(state, _)| state.to_owned()).collect();
    assert_eq!(placed, expected);
    assert!(definition.source_map().iter().all(|(_, at)| at.file.ends_with("src/saga.rs") && at.line > 30));
}

/// A machine that is one expression stands where the workflow is named.
#[test]
fn the_only_state_stands_at_the_workflow() {
    let definition = classics::nested_loops::definition();
    let places: Vec<_> = definition.source_map().iter().map(|(_, at)| at.file).collect();
    assert_eq!(places.len(), 1);
    assert!(places[0].ends_with("src/classics.rs"), "{places:?}");
}

#[tokio::test]
async fn a_failure_tells_its_place_in_the_source() {
    let input = json!({"traveller": "Ann", "city": "no flight"});
    let run = saga::book_trip::local().run_json(input.clone()).await;
    let failure = run.result().unwrap_err();
    let place = failure.place.clone().unwrap();
    assert_eq!((place.state.as_str(), place.file), ("book", "examples/src/saga.rs"));
    let told = failure.to_string();
    assert!(told.starts_with("the workflow failed with `BookingError.SoldOut`: "), "{told}");
    assert!(told.contains(&format!("\n  --> examples/src/saga.rs:{}:", place.line)), "{told}");
    assert!(told.contains(&format!("{} | ", place.line)), "{told}");

    // Where it came from does not make it another failure.
    let native = saga::book_trip::native().run_json(input).await.result().unwrap_err();
    assert_eq!((native.name, native.error, native.place), (failure.name, failure.error, None));
}
