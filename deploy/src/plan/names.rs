//! Names: those that AWS accepts, those that stay apart, those that are there at all.

use std::collections::BTreeMap;

use super::StackErrors;
use crate::{
    iam::CREDENTIALS,
    id::{Id, Kind},
    nearest::instead,
    stack::{Machine, Stack},
};

/// Reports names that cannot be, that meet, or that options name in vain.
pub(super) fn check(name: &str, stack: &Stack, errors: &mut StackErrors) {
    let functions: Vec<_> = stack.functions.iter().map(|function| function.task.as_str()).collect();
    let activities: Vec<_> = stack.activities.iter().map(|activity| activity.name.as_str()).collect();
    let machines: Vec<_> = stack.machines.iter().map(|machine| machine.name.as_str()).collect();
    well_formed("the stack", name, 40, errors);
    let longest = 64_usize.saturating_sub(name.len() + 1);
    functions.iter().for_each(|name| well_formed("the task of a Lambda function", name, longest, errors));
    for (what, names) in [("the activity", &activities), ("the state machine", &machines)] {
        names.iter().for_each(|name| well_formed(what, name, 80, errors));
    }
    for (kind, names) in [(Kind::Function, &functions), (Kind::Activity, &activities), (Kind::Machine, &machines)] {
        apart(kind, names, errors);
    }
    known("task", stack.options.task.keys(), &functions, errors);
    known("workflow", stack.options.workflow.keys(), &machines, errors);
    stack.options.tags.iter().for_each(|(key, value)| tag(key, value, errors));
    for machine in &stack.machines {
        let options = stack.options.workflow.get(&machine.name);
        arguments(machine, options.into_iter().flat_map(|options| options.arguments.keys()), errors);
    }
}

/// Arguments are said of states, or of integrations, which have a colon in their names; or of what takes on a role.
fn arguments<'a>(machine: &Machine, named: impl Iterator<Item = &'a String>, errors: &mut StackErrors) {
    let states: Vec<_> = machine.definition.all_states().map(|placed| placed.name).collect();
    for name in named.filter(|name| !name.contains(':') && *name != CREDENTIALS && !states.contains(&name.as_str())) {
        let message = format!("there are arguments of `{name}`, but the workflow `{}` has no such state", machine.name);
        errors.push(message, instead(name, &states));
    }
}

/// Tags that AWS accepts.
fn tag(key: &str, value: &str, errors: &mut StackErrors) {
    let length = |text: &str| text.chars().count();
    if key.is_empty() || key.to_lowercase().starts_with("aws:") || length(key) > 128 || length(value) > 256 {
        errors.push(
            format!("there can be no tag `{key}` with the value `{value}`"),
            "a key has 1 to 128 characters and does not begin with `aws:`, a value has 256 at most",
        );
    }
}

/// The characters that AWS and all targets accept.
fn well_formed(what: &str, name: &str, longest: usize, errors: &mut StackErrors) {
    let is_known = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    // Terraform and TypeScript have names of their own made of it, which begin with a letter.
    let begins = name.trim_start_matches(['-', '_']).starts_with(|c: char| c.is_ascii_alphabetic());
    if !begins || name.len() > longest || !name.chars().all(is_known) {
        errors.push(
            format!("{what} cannot be called `{name}`"),
            format!(
                "a name has letters, digits, `-` and `_`, begins with a letter, and has {longest} characters at most"
            ),
        );
    }
}

/// Names that differ in case and punctuation only become the same within a template.
fn apart(kind: Kind, names: &[&str], errors: &mut StackErrors) {
    let mut former = BTreeMap::new();
    for name in names {
        let id = Id::new(kind, *name);
        if let Some(other) = former.insert(id.upper_camel().to_lowercase(), *name) {
            errors.push(
                format!("the names `{other}` and `{name}` differ in case or punctuation only"),
                "give one of them another name",
            );
        }
    }
}

/// Options of what is not there would do nothing.
fn known<'a>(what: &str, named: impl Iterator<Item = &'a String>, known: &[&str], errors: &mut StackErrors) {
    for name in named.filter(|name| !known.contains(&name.as_str())) {
        let message = format!("there are options of the {what} `{name}`, but no such {what} is deployed");
        errors.push(message, instead(name, known));
    }
}
