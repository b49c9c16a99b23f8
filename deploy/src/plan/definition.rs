//! What deployment puts into a machine: the ARNs of the stack's functions and activities, and names of existing resources.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use stepwright_asl::{Resource, State, StateMachine, Task};

use super::{Function, StackErrors};
use crate::{
    id::{Id, Kind},
    nearest::instead,
    options::WorkflowOptions,
    placeholder,
    stack::{Machine, Stack},
    text::Text,
};

/// The machine with a placeholder for each function of the stack, instead of the name of its task.
pub(super) fn with_placeholders(machine: &StateMachine, functions: &[Function]) -> StateMachine {
    with_function_names(machine, functions, |function| format!("${{{}}}", function.placeholder))
}

/// The machine with the names that its functions have on AWS.
pub(super) fn with_names(machine: &StateMachine, functions: &[Function]) -> StateMachine {
    with_function_names(machine, functions, |function| function.name.clone())
}

/// What stands for the placeholders of a definition, by name.
pub(super) fn substitutions(
    machine: &Machine,
    definition: &Value,
    stack: &Stack,
    functions: &[Function],
    errors: &mut StackErrors,
) -> BTreeMap<String, Text> {
    let mut known: BTreeMap<&str, Text> = BTreeMap::new();
    for (placeholder, value) in &stack.options.substitutions {
        known.insert(placeholder, Text::with_pseudo_parameters(value));
    }
    for activity in &stack.activities {
        known.insert(&activity.placeholder, Text::arn_of(&Id::new(Kind::Activity, &activity.name)));
    }
    for function in functions {
        known.insert(&function.placeholder, Text::arn_of(&function.id));
    }
    let mut found = BTreeSet::new();
    placeholders(definition, &mut found);
    let options = stack.options.workflow(&machine.name);
    let mut in_arguments = BTreeSet::new();
    arguments(&options).for_each(|text| placeholders_of(text, &mut in_arguments));
    for placeholder in in_arguments.into_iter().filter(|placeholder| !known.contains_key(placeholder)) {
        errors.push(
            format!("nothing stands for `${{{placeholder}}}` in the arguments of the workflow `{}`", machine.name),
            format!("say what it is in Stepwright.toml: `substitutions.{placeholder} = \"…\"`"),
        );
    }
    let mut substitutions = BTreeMap::new();
    for placeholder in found {
        match known.get(placeholder) {
            Some(text) => {
                substitutions.insert(placeholder.to_owned(), text.clone());
            }
            None => errors.push(
                format!("nothing stands for `${{{placeholder}}}` in the state machine `{}`", machine.name),
                format!("say what it is in Stepwright.toml: `substitutions.{placeholder} = \"…\"`"),
            ),
        }
    }
    substitutions
}

/// Reports substitutions that nothing refers to, and those of what the stack itself knows.
pub(super) fn unused(stack: &Stack, machines: &[super::Machine], functions: &[Function], errors: &mut StackErrors) {
    let activities = stack.activities.iter().map(|activity| activity.placeholder.as_str());
    let own: BTreeSet<_> = functions.iter().map(|function| function.placeholder.as_str()).chain(activities).collect();
    let mut found = BTreeSet::new();
    machines.iter().for_each(|machine| placeholders(&machine.definition, &mut found));
    let options = stack.options.workflow.values().chain([&stack.options.defaults.workflow]);
    options.flat_map(arguments).for_each(|text| placeholders_of(text, &mut found));
    let open: Vec<_> = found.difference(&own).copied().collect();
    for name in stack.options.substitutions.keys().map(String::as_str) {
        let key = format!("`substitutions.{name}`");
        if own.contains(name) {
            errors.push(
                format!("{key} is said for nothing: the stack has what `${{{name}}}` stands for"),
                "leave it out",
            );
        } else if !open.contains(&name) {
            let help = if open.is_empty() { "leave it out".to_owned() } else { instead(name, &open) };
            errors.push(format!("{key} is said for nothing: no state machine refers to `${{{name}}}`"), help);
        }
    }
}

/// What the author says of arguments.
fn arguments(options: &WorkflowOptions) -> impl Iterator<Item = &String> {
    options.arguments.values().flat_map(BTreeMap::values).flatten()
}

/// The definition with a text in place of each placeholder.
pub(crate) fn filled(definition: &Value, substitutions: &BTreeMap<String, String>) -> Value {
    match definition {
        Value::String(text) => placeholder::filled(text, |name| substitutions.get(name).cloned()).into(),
        Value::Array(items) => items.iter().map(|item| filled(item, substitutions)).collect(),
        Value::Object(members) => {
            members.iter().map(|(key, value)| (key.clone(), filled(value, substitutions))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => definition.clone(),
    }
}

/// The names in all `${NAME}`; a name has letters, digits and `_`, which JSONata between such braces never has alone.
fn placeholders<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
    match value {
        Value::String(text) => placeholders_of(text, found),
        Value::Array(items) => items.iter().for_each(|item| placeholders(item, found)),
        Value::Object(members) => members.values().for_each(|value| placeholders(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn placeholders_of<'a>(text: &'a str, found: &mut BTreeSet<&'a str>) {
    let is_name = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    found.extend(placeholder::names(text).filter(is_name));
}

fn with_function_names(
    machine: &StateMachine,
    functions: &[Function],
    name: impl Fn(&Function) -> String,
) -> StateMachine {
    let mut machine = machine.clone();
    machine.change_states(&mut |state| {
        if let State::Task(task) = state
            && let Some(Value::String(written)) = function_name(task)
            && let Some(function) = functions.iter().find(|function| function.task == *written)
        {
            *written = name(function);
        }
    });
    machine
}

/// The function that a state calls with `lambda:invoke`.
fn function_name(task: &mut Task) -> Option<&mut Value> {
    match Resource::parse(&task.resource)? {
        Resource::Service(call) if (call.service, call.action) == ("lambda", "invoke") => {
            task.arguments.as_mut().or(task.parameters.as_mut())?.get_mut("FunctionName")
        }
        _ => None,
    }
}
