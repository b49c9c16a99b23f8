//! States that only have another name.

use serde_json::{Map, Value};

use super::{equal::Equality, running::callee};

/// How much of two states must be the same so that one is the other renamed: the part of their fields.
const ALIKE: f64 = 0.7;

/// Our states and the deployed states that they were, by name: of those whose names the other side does not have.
pub(super) fn renamed<'v>(
    equality: &Equality,
    ours: &'v Map<String, Value>,
    deployed: &'v Map<String, Value>,
) -> Vec<(&'v str, &'v str)> {
    let only = |all: &'v Map<String, Value>, other: &Map<String, Value>| {
        let missing = all.iter().filter(|(name, _)| !other.contains_key(*name));
        missing.map(|(name, state)| (name.as_str(), state, content(state))).collect::<Vec<_>>()
    };
    let (new, old) = (only(ours, deployed), only(deployed, ours));
    let mut pairs = Vec::new();
    for (our, state, our_content) in &new {
        for (their, before, their_content) in &old {
            // What a placeholder would stand for here counts only if the two are the same.
            let mut equality = equality.clone();
            let same_call = match (callee(state), callee(before)) {
                (None, None) => true,
                (Some(one), Some(other)) => equality.same(&one.into(), &other.into()),
                _ => false,
            };
            let alike = if same_call { likeness(&mut equality, our_content, their_content) } else { 0.0 };
            if alike >= ALIKE {
                pairs.push((alike, *our, *their));
            }
        }
    }
    // The sort is stable: among equals, the first states of both sides.
    pairs.sort_by(|(one, ..), (other, ..)| other.total_cmp(one));
    let mut found: Vec<(&str, &str)> = Vec::new();
    for (_, our, their) in pairs {
        if !found.iter().any(|(one, other)| *one == our || *other == their) {
            found.push((our, their));
        }
    }
    found
}

/// What a state does, without where it leads.
fn content(state: &Value) -> Map<String, Value> {
    let mut content = state.as_object().cloned().unwrap_or_default();
    content.retain(|name, _| !matches!(name.as_str(), "Next" | "Default" | "End" | "Comment"));
    for (_, rules) in content.iter_mut().filter(|(name, _)| matches!(name.as_str(), "Choices" | "Catch")) {
        for rule in rules.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            rule.retain(|name, _| name != "Next");
        }
    }
    content
}

/// The part of the fields that are the same; 0 if the types differ.
fn likeness(equality: &mut Equality, ours: &Map<String, Value>, deployed: &Map<String, Value>) -> f64 {
    if ours.get("Type") != deployed.get("Type") {
        return 0.0;
    }
    let mut is_same =
        |name: &String, value: &Value| deployed.get(name).is_some_and(|deployed| equality.same(value, deployed));
    let same = ours.iter().filter(|(name, value)| is_same(name, value)).count();
    let all = ours.len() + deployed.keys().filter(|name| !ours.contains_key(*name)).count();
    same as f64 / all as f64
}
