//! What starts executions by itself.

use serde_json::{Value, json};

use super::{
    Role,
    role::{Started, short},
};
use crate::{
    id::{Id, Kind},
    options::{EventTrigger, IotTrigger, ScheduleTrigger},
    text::Text,
};

/// A start by the clock.
#[derive(Clone, Debug)]
pub(crate) struct Schedule {
    /// What it is called within the stack.
    pub(crate) id: Id,
    /// Its name; at most 64 characters.
    pub(crate) name: String,
    /// What it starts.
    pub(crate) target: Text,
    /// As what it starts it.
    pub(crate) role: Role,
    /// When.
    pub(crate) expression: String,
    /// The time zone; `None` is UTC.
    pub(crate) timezone: Option<String>,
    /// With what.
    pub(crate) input: Value,
}

/// Events that start executions.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    /// What it is called within the stack.
    pub(crate) id: Id,
    /// Its name.
    pub(crate) name: String,
    /// What it starts.
    pub(crate) target: Text,
    /// As what it starts it.
    pub(crate) role: Role,
    /// Which events.
    pub(crate) pattern: Value,
    /// The event bus; `None` is the default one.
    pub(crate) bus: Option<String>,
    /// What of the event is the input; `None` is all.
    pub(crate) input_path: Option<String>,
}

/// Messages of devices that start executions.
#[derive(Clone, Debug)]
pub(crate) struct Iot {
    /// What it is called within the stack.
    pub(crate) id: Id,
    /// Its name: letters, digits and `_`.
    pub(crate) name: String,
    /// The name of what it starts; such a rule takes no ARN, so no alias.
    pub(crate) machine: String,
    /// As what it starts it.
    pub(crate) role: Role,
    /// Which messages.
    pub(crate) sql: String,
}

impl Schedule {
    pub(super) fn all(stack: &str, machine: &str, started: &Started, options: &[ScheduleTrigger]) -> Vec<Self> {
        numbered(machine, options, |about, options| Schedule {
            id: Id::new(Kind::Schedule, &about),
            name: short(format!("{stack}-{about}")),
            role: Role::starting(format!("{about}-schedule"), stack, "scheduler", [started]),
            target: started.target.clone(),
            expression: options.expression.as_str().to_owned(),
            timezone: options.timezone.clone(),
            input: options.input.clone().unwrap_or_else(|| json!({})),
        })
    }
}

impl Event {
    pub(super) fn all(stack: &str, machine: &str, started: &Started, options: &[EventTrigger]) -> Vec<Self> {
        numbered(machine, options, |about, options| Event {
            id: Id::new(Kind::Rule, &about),
            name: short(format!("{stack}-{about}")),
            role: Role::starting(format!("{about}-rule"), stack, "events", [started]),
            target: started.target.clone(),
            pattern: options.pattern.value().clone(),
            bus: options.bus.clone(),
            input_path: options.input_path.clone(),
        })
    }
}

impl Iot {
    pub(super) fn all(stack: &str, machine: &str, started: &Started, options: &[IotTrigger]) -> Vec<Self> {
        numbered(machine, options, |about, options| Iot {
            id: Id::new(Kind::TopicRule, &about),
            name: format!("{stack}-{about}").replace('-', "_"),
            machine: machine.to_owned(),
            role: Role::starting(format!("{about}-topic-rule"), stack, "iot", [started]),
            sql: options.sql.clone(),
        })
    }
}

/// One for each of the options, with the machine's name and a number.
fn numbered<O, T>(machine: &str, options: &[O], make: impl Fn(String, &O) -> T) -> Vec<T> {
    (1..).zip(options).map(|(number, options)| make(format!("{machine}-{number}"), options)).collect()
}
