//! The comparison, scope by scope, state by state, field by field.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use stepwright_asl::{ExecutionType, Pointer, StateMachine};

use super::{Deployed, Effect, equal::Equality, rename::renamed, running::effects};

/// How machines are compared.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The name of the machine, which expressions may speak of.
    pub machine: String,
    /// Our machine's type.
    pub execution_type: ExecutionType,
    /// Whether comments count.
    pub comments: bool,
}

/// What is different.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drift {
    /// The deployed type, if ours is another.
    pub execution_type: Option<ExecutionType>,
    /// Fields of the machine itself, of branches and of item processors.
    pub changes: Vec<Change>,
    /// States, in our order, then those that are no more.
    pub states: Vec<StateDrift>,
    /// What this means for executions that run.
    pub effects: Vec<Effect>,
    /// What our placeholders stand for in the deployed machine.
    pub placeholders: BTreeMap<String, String>,
}

/// What is different about a state.
#[derive(Clone, Debug, PartialEq)]
pub struct StateDrift {
    /// Our name of it, or the deployed one if it is no more.
    pub name: String,
    /// Where it is in our definition, or in the deployed one if it is no more: a JSON pointer.
    pub pointer: String,
    /// What became of it.
    pub fate: Fate,
    /// Its fields that are different.
    pub changes: Vec<Change>,
}

/// What became of a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Added,
    /// It is no more.
    Removed,
    /// It has another name.
    Renamed {
        /// The deployed name.
        from: String,
    },
    /// Some of its fields are different.
    Changed,
}

/// A field that is different.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Where it is, or would be, in our definition: a JSON pointer.
    pub pointer: String,
    /// What is deployed; `None` if the field is not.
    pub deployed: Option<Value>,
    /// What we have; `None` if the field is no more.
    pub ours: Option<Value>,
}

impl Drift {
    /// Whether nothing is different.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.execution_type.is_none() && self.changes.is_empty() && self.states.is_empty()
    }
}

impl Comparison {
    /// The comparison with a standard machine of this name, whatever comments say.
    #[must_use]
    pub fn new(machine: &str) -> Self {
        Self { machine: machine.to_owned(), execution_type: ExecutionType::Standard, comments: false }
    }

    /// What is different about our machine from the deployed one.
    #[must_use]
    pub fn compare(&self, ours: &StateMachine, deployed: &Deployed) -> Drift {
        let Deployed { machine: deployed, execution_type } = deployed;
        let mut walk =
            Walk { comments: self.comments, equality: Equality::new(&self.machine), drift: Drift::default() };
        walk.scope(&ours.to_value(), &deployed.to_value(), &Pointer::default(), &Pointer::default());
        let Walk { equality, mut drift, .. } = walk;
        drift.execution_type = execution_type.filter(|deployed| *deployed != self.execution_type);
        drift.effects = effects(&equality, ours, deployed, &drift);
        drift.placeholders = equality.placeholders();
        drift
    }
}

struct Walk<'a> {
    comments: bool,
    equality: Equality<'a>,
    drift: Drift,
}

impl Walk<'_> {
    /// A whole machine, a branch or an item processor.
    fn scope(&mut self, ours: &Value, deployed: &Value, at: &Pointer, deployed_at: &Pointer) {
        let empty = Map::new();
        let states = |scope: &Value| scope.get("States").and_then(Value::as_object).cloned();
        let (our_states, their_states) = (states(ours).unwrap_or_default(), states(deployed).unwrap_or_default());
        let renamed: BTreeMap<_, _> =
            renamed(&self.equality, &our_states, &their_states).into_iter().map(|(our, their)| (their, our)).collect();
        let deployed = &targets_renamed(deployed, &renamed);
        let (our_fields, their_fields) = (ours.as_object().unwrap_or(&empty), deployed.as_object().unwrap_or(&empty));
        let mut changes = Vec::new();
        for name in names(our_fields, their_fields).into_iter().filter(|name| *name != "States") {
            self.field(name, our_fields.get(name), their_fields.get(name), at, &mut changes);
        }
        self.drift.changes.extend(changes);

        let (at, deployed_at) = (at.key("States"), deployed_at.key("States"));
        for (name, state) in &our_states {
            let from = renamed.iter().find(|(_, our)| *our == name).map_or(name.as_str(), |(their, _)| their);
            match their_states.get(from) {
                Some(before) => {
                    let before = targets_renamed(before, &renamed);
                    self.state((name, state, &at.key(name)), (from, &before, &deployed_at.key(from)));
                }
                None => self.only(name, &at.key(name), Fate::Added),
            }
        }
        for name in their_states.keys() {
            if !our_states.contains_key(name) && !renamed.contains_key(name.as_str()) {
                self.only(name, &deployed_at.key(name), Fate::Removed);
            }
        }
    }

    /// A state that only one side has.
    fn only(&mut self, name: &str, at: &Pointer, fate: Fate) {
        let (name, pointer) = (name.to_owned(), at.as_str().to_owned());
        self.drift.states.push(StateDrift { name, pointer, fate, changes: Vec::new() });
    }

    fn state(&mut self, ours: (&str, &Value, &Pointer), deployed: (&str, &Value, &Pointer)) {
        let ((name, state, at), (from, before, deployed_at)) = (ours, deployed);
        let empty = Map::new();
        let (our_fields, their_fields) = (state.as_object().unwrap_or(&empty), before.as_object().unwrap_or(&empty));
        let mut changes = Vec::new();
        let mut scopes = Vec::new();
        for field in names(our_fields, their_fields) {
            let (ours, deployed) = (our_fields.get(field), their_fields.get(field));
            match (field, ours, deployed) {
                ("ItemProcessor" | "Iterator", Some(ours), Some(deployed)) => {
                    scopes.push((ours.clone(), deployed.clone(), at.key(field), deployed_at.key(field)));
                }
                ("Branches", Some(Value::Array(ours)), Some(Value::Array(deployed)))
                    if ours.len() == deployed.len() =>
                {
                    scopes.extend(ours.iter().zip(deployed).enumerate().map(|(index, (ours, deployed))| {
                        let places = (at.key(field).index(index), deployed_at.key(field).index(index));
                        (ours.clone(), deployed.clone(), places.0, places.1)
                    }));
                }
                _ => self.field(field, ours, deployed, at, &mut changes),
            }
        }
        let fate = if name == from { Fate::Changed } else { Fate::Renamed { from: from.to_owned() } };
        if fate != Fate::Changed || !changes.is_empty() {
            let (name, pointer) = (name.to_owned(), at.as_str().to_owned());
            self.drift.states.push(StateDrift { name, pointer, fate, changes });
        }
        for (ours, deployed, at, deployed_at) in &scopes {
            self.scope(ours, deployed, at, deployed_at);
        }
    }

    /// A field of a state or a scope. Retriers, catchers and choice rules may have comments, too; data have none.
    fn field(
        &mut self,
        name: &str,
        ours: Option<&Value>,
        deployed: Option<&Value>,
        at: &Pointer,
        changes: &mut Vec<Change>,
    ) {
        if name == "Comment" && !self.comments {
            return;
        }
        let comments = self.comments || !matches!(name, "Retry" | "Catch" | "Choices");
        let without = |value: Option<&Value>| if comments { value.cloned() } else { value.map(without_comments) };
        let (ours, deployed) = (without(ours), without(deployed));
        self.value(ours.as_ref(), deployed.as_ref(), &at.key(name), changes);
    }

    fn value(&mut self, ours: Option<&Value>, deployed: Option<&Value>, at: &Pointer, changes: &mut Vec<Change>) {
        match (ours, deployed) {
            (Some(ours), Some(deployed)) if self.equality.same(ours, deployed) => {}
            (Some(Value::Object(ours)), Some(Value::Object(deployed))) => {
                for name in names(ours, deployed) {
                    self.value(ours.get(name), deployed.get(name), &at.key(name), changes);
                }
            }
            (Some(Value::Array(ours)), Some(Value::Array(deployed))) if ours.len() == deployed.len() => {
                for (index, (ours, deployed)) in ours.iter().zip(deployed).enumerate() {
                    self.value(Some(ours), Some(deployed), &at.index(index), changes);
                }
            }
            (None, None) => {}
            _ => changes.push(Change {
                pointer: at.as_str().to_owned(),
                deployed: deployed.cloned(),
                ours: ours.cloned(),
            }),
        }
    }
}

/// The names of the members of both, ours first.
fn names<'v>(ours: &'v Map<String, Value>, deployed: &'v Map<String, Value>) -> Vec<&'v str> {
    let known: BTreeSet<_> = ours.keys().collect();
    ours.keys().chain(deployed.keys().filter(|name| !known.contains(name))).map(String::as_str).collect()
}

/// A deployed state or scope, with our names of the states that it leads to.
fn targets_renamed(value: &Value, renamed: &BTreeMap<&str, &str>) -> Value {
    let mut value = value.clone();
    let Some(fields) = value.as_object_mut() else { return value };
    for name in ["StartAt", "Next", "Default"] {
        rename(fields, name, renamed);
    }
    for rules in ["Choices", "Catch"] {
        let rules = fields.get_mut(rules).and_then(Value::as_array_mut);
        rules.into_iter().flatten().filter_map(Value::as_object_mut).for_each(|rule| rename(rule, "Next", renamed));
    }
    value
}

fn rename(fields: &mut Map<String, Value>, name: &str, renamed: &BTreeMap<&str, &str>) {
    if let Some(target) = fields.get_mut(name)
        && let Some(new) = target.as_str().and_then(|target| renamed.get(target))
    {
        *target = (*new).into();
    }
}

fn without_comments(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let others = members.iter().filter(|(name, _)| *name != "Comment");
            others.map(|(name, value)| (name.clone(), without_comments(value))).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.iter().map(without_comments).collect(),
        other => other.clone(),
    }
}
