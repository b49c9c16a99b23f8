//! A policy as text for people: which states need which right.

use std::fmt::Write as _;

use super::{Condition, Need, Policy, Source, Statement};
use crate::arn::Location;

impl Policy {
    /// Each statement with its actions, its resources and who needs which of them, as resources are named at a place.
    #[must_use]
    pub fn explain(&self, location: &Location) -> String {
        let statements: Vec<_> = self.statements.iter().map(|statement| statement.explain(location)).collect();
        statements.join("\n")
    }
}

impl Statement {
    fn explain(&self, location: &Location) -> String {
        let mut text = format!("{}: {}\n", self.sid, self.actions.join(", "));
        for resource in &self.resources {
            let needs = self.needed_by.iter().filter(|need| need.resources.contains(resource));
            let needs: Vec<_> = needs.map(who).collect();
            // Writing to a text does not fail.
            let _ = writeln!(text, "  {}\n    needed by {}", resource.at(location), needs.join(", "));
        }
        let _ = write!(text, "{}", conditions(&self.condition, location));
        text
    }
}

fn who(need: &Need) -> String {
    match &need.by {
        Source::State { name, pointer } => format!("state `{name}` ({})", pointer.as_str()),
        Source::Setting(setting) => (*setting).to_owned(),
    }
}

fn conditions(condition: &Condition, location: &Location) -> String {
    let mut text = String::new();
    for (operator, keys) in condition {
        for (key, values) in keys {
            let values: Vec<_> = values.iter().map(|value| value.at(location)).collect();
            let _ = writeln!(text, "  only if {key} {operator} {}", values.join(" or "));
        }
    }
    text
}
