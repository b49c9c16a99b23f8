//! A small edit of a workflow is a small change of its machine: names of states do not shift.
//!
//! Each file in `stability/` has a workflow and what edits make of it. The states of both machines are compared by name, each
//! without the states inside of it.
#![expect(unreachable_pub, reason = "the workflows are written as a user's library is")]

use std::collections::BTreeMap;

use serde_json::Value;
use stepwright::Definition;

/// How many states an edit may add, remove or change.
const MOST: usize = 3;

/// A workflow, and what an edit made of it.
struct Edit {
    what: &'static str,
    before: Definition,
    after: Definition,
}

macro_rules! edits {
    ($before:ident: $($what:literal => $after:ident;)+) => {
        /// What the edits of this file make of its workflow.
        pub(crate) fn edits() -> Vec<Edit> {
            vec![$(Edit { what: $what, before: $before::definition(), after: $after::definition() }),+]
        }
    };
}

mod stability {
    use super::Edit;

    pub(crate) mod order;
    pub(crate) mod release;
    pub(crate) mod trip;
}

#[test]
fn edits_change_few_states() {
    let edits: Vec<Edit> = [stability::order::edits, stability::release::edits, stability::trip::edits]
        .iter()
        .flat_map(|edits| edits())
        .collect();
    assert!(edits.len() >= 30, "{} edits", edits.len());
    let (mut excess, mut without_change) = (Vec::new(), 0);
    println!("{:10} {:58} added removed changed", "workflow", "edit");
    for Edit { what, before, after } in edits {
        let change = Change::of(&before, &after);
        let Change { added, removed, changed } = &change;
        println!("{:10} {what:58} {:5} {:7} {:7}", before.name(), added.len(), removed.len(), changed.len());
        let all = added.len() + removed.len() + changed.len();
        without_change += usize::from(all == 0);
        if all > MOST {
            excess.push(format!("{}: {what}: {change:#?}", before.name()));
        }
    }
    assert!(without_change <= 2, "{without_change} edits change nothing: they show nothing");
    assert!(excess.is_empty(), "more than {MOST} states change: {}", excess.join("\n"));
}

/// The names of the states in which two machines differ.
#[derive(Debug)]
struct Change {
    added: Vec<String>,
    removed: Vec<String>,
    changed: Vec<String>,
}

impl Change {
    fn of(before: &Definition, after: &Definition) -> Self {
        let [before, after] = [before, after].map(|definition| {
            let mut states = BTreeMap::new();
            take_states(&mut definition.asl().to_value(), &mut states);
            states
        });
        let missing = |from: &BTreeMap<String, Value>, other: &BTreeMap<String, Value>| {
            from.keys().filter(|name| !other.contains_key(*name)).cloned().collect()
        };
        let differs = |(name, state): &(&String, &Value)| after.get(*name).is_some_and(|other| other != *state);
        Change {
            added: missing(&after, &before),
            removed: missing(&before, &after),
            changed: before.iter().filter(differs).map(|(name, _)| name.clone()).collect(),
        }
    }
}

/// Takes the states out of a machine, and those out of them.
fn take_states(part: &mut Value, states: &mut BTreeMap<String, Value>) {
    match part {
        Value::Object(fields) => {
            if let Some(Value::Object(inner)) = fields.remove("States") {
                for (name, mut state) in inner {
                    take_states(&mut state, states);
                    states.insert(name, state);
                }
            }
            fields.values_mut().for_each(|field| take_states(field, states));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| take_states(item, states)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
