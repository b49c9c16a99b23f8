//! Names: those that AWS accepts, those that stay apart, those that are there at all.

use std::collections::BTreeMap;

use super::StackErrors;
use crate::{
    id::{Id, Kind},
    nearest::{self, nearest},
    stack::Stack,
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
        let help = nearest(name, known.iter().copied())
            .map_or_else(|| nearest::known(known), |meant| format!("did you mean `{meant}`?"));
        errors.push(format!("there are options of the {what} `{name}`, but no such {what} is deployed"), help);
    }
}
