//! Arguments of calls, as far as a definition tells them.

use std::{borrow::Cow, collections::BTreeMap};

use serde_json::Value;
use stepwright_asl::{Pointer, QueryLanguage, expression_body};

use crate::{constant, placeholder};

/// What a call is given, or an item reader or a result writer.
pub(super) struct Arguments<'a> {
    /// The language that the arguments are written in.
    pub(super) language: QueryLanguage,
    /// The arguments; absent where the input takes their place.
    pub(super) payload: Option<Cow<'a, Value>>,
    /// Where they are.
    pub(super) pointer: Pointer,
    /// The name of the machine.
    pub(super) machine: &'a str,
    /// What the placeholders stand for.
    pub(super) placeholders: &'a BTreeMap<String, String>,
}

/// An argument and where it is, or would be.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    pub(super) pointer: Pointer,
    pub(super) value: Told,
}

/// What is told of an argument.
#[derive(Debug, PartialEq)]
pub(super) enum Told {
    /// Its text.
    Text(String),
    /// It is not there, or `null`.
    Absent,
    /// Only an execution can tell.
    Expression,
    /// It has a placeholder that stands for nothing.
    Placeholder(String),
    /// It is something else than a text: as JSON.
    Other(String),
}

impl Arguments<'_> {
    /// The argument, in each element where lists are on its way. Steps into objects are put together by points.
    pub(super) fn find(&self, argument: &str) -> Vec<Found> {
        let steps: Vec<_> = argument.split('.').collect();
        let mut found = Vec::new();
        match &self.payload {
            Some(payload) => self.walk(payload, &self.pointer, &steps, &mut found),
            None => found.push(Found { pointer: self.pointer.clone(), value: Told::Expression }),
        }
        found
    }

    /// The text of an argument that is one text, if the definition tells it.
    pub(super) fn text(&self, argument: &str) -> Option<String> {
        match self.find(argument).pop()?.value {
            Told::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether the definition has the argument, whatever it is.
    pub(super) fn has(&self, argument: &str) -> bool {
        self.find(argument).iter().any(|found| found.value != Told::Absent)
    }

    /// The arguments at any depth whose names `wanted` takes, by their paths.
    pub(super) fn named(&self, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let mut paths = Vec::new();
        let mut open = vec![(String::new(), self.payload.as_deref())];
        while let Some((path, value)) = open.pop() {
            match value {
                Some(Value::Array(items)) => open.extend(items.iter().map(|item| (path.clone(), Some(item)))),
                Some(Value::Object(members)) => {
                    for (name, value) in members {
                        let name = self.plain(name);
                        let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
                        if wanted(name) && !paths.contains(&path) {
                            paths.push(path.clone());
                        }
                        open.push((path, Some(value)));
                    }
                }
                _ => {}
            }
        }
        paths.sort();
        paths
    }

    /// The names of the members of an argument that is an object.
    pub(super) fn members(&self, argument: &str) -> Vec<&str> {
        let members = self.payload.as_deref().and_then(|payload| payload.get(argument)).and_then(Value::as_object);
        members.map(|members| members.keys().map(String::as_str).collect()).unwrap_or_default()
    }

    /// The name that a member's value has when its template is evaluated.
    fn plain<'n>(&self, name: &'n str) -> &'n str {
        match self.language {
            QueryLanguage::JsonPath => name.strip_suffix(".$").unwrap_or(name),
            QueryLanguage::Jsonata => name,
        }
    }

    fn walk(&self, value: &Value, at: &Pointer, steps: &[&str], found: &mut Vec<Found>) {
        let mut push = |pointer: &Pointer, value| found.push(Found { pointer: pointer.clone(), value });
        match (value, steps) {
            (Value::String(text), []) => push(at, self.literal(text)),
            (Value::Null, _) => push(at, Told::Absent),
            (Value::Array(items), _) => {
                for (index, item) in items.iter().enumerate() {
                    self.walk(item, &at.index(index), steps, found);
                }
            }
            (Value::Object(members), [step, rest @ ..]) => {
                let template = format!("{step}.$");
                match (members.get(*step), members.get(&template)) {
                    (Some(member), _) => self.walk(member, &at.key(step), rest, found),
                    (None, Some(path)) if self.language == QueryLanguage::JsonPath => {
                        let known = path.as_str().filter(|_| rest.is_empty()).and_then(|path| self.path(path));
                        push(&at.key(&template), known.map_or(Told::Expression, Told::Text));
                    }
                    _ => push(&at.key(step), Told::Absent),
                }
            }
            (Value::String(text), _) if self.is_expression(text) => push(at, Told::Expression),
            (other, _) => push(at, Told::Other(other.to_string())),
        }
    }

    fn is_expression(&self, text: &str) -> bool {
        self.language == QueryLanguage::Jsonata && expression_body(text).is_some()
    }

    fn literal(&self, text: &str) -> Told {
        if self.is_expression(text) {
            let body = expression_body(text).unwrap_or(text);
            return constant::jsonata(body, self.machine).map_or(Told::Expression, Told::Text);
        }
        filled(text, self.placeholders)
    }

    fn path(&self, path: &str) -> Option<String> {
        constant::jsonpath(path, self.machine)
    }
}

/// The text with what its placeholders stand for. CloudFormation's pseudo parameters stay as they are.
pub(super) fn filled(text: &str, placeholders: &BTreeMap<String, String>) -> Told {
    let is_known = |name: &str| placeholders.contains_key(name) || name.starts_with("AWS::");
    match placeholder::names(text).find(|name| !is_known(name)) {
        Some(name) => Told::Placeholder(name.to_owned()),
        None => Told::Text(placeholder::filled(text, |name| placeholders.get(name).cloned())),
    }
}
