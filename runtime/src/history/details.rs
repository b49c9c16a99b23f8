use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::EventType;
use crate::value::Value;

/// What an event tells.
pub(crate) type Event = (EventType, Option<Details>);

/// The members of an event's details, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Details(Vec<(&'static str, Detail)>);

#[derive(Clone, Debug)]
enum Detail {
    Text(Arc<str>),
    /// A value that is written as the text of its JSON.
    JsonText(Value),
    Number(u64),
    Plain(Json),
    Variables(Vec<(Arc<str>, Value)>),
    /// The word that nothing was cut off from the member before.
    Complete,
}

impl Details {
    pub(crate) fn new() -> Details {
        Details::default()
    }

    pub(crate) fn text(self, name: &'static str, text: &str) -> Details {
        self.with(name, Detail::Text(text.into()))
    }

    pub(crate) fn optional_text(self, name: &'static str, text: Option<&str>) -> Details {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }

    pub(crate) fn number(self, name: &'static str, number: u64) -> Details {
        self.with(name, Detail::Number(number))
    }

    pub(crate) fn optional_number(self, name: &'static str, number: Option<u64>) -> Details {
        match number {
            Some(number) => self.number(name, number),
            None => self,
        }
    }

    pub(crate) fn json_text(self, name: &'static str, value: &Value) -> Details {
        self.with(name, Detail::JsonText(value.clone()))
    }

    pub(crate) fn plain(self, name: &'static str, json: Json) -> Details {
        self.with(name, Detail::Plain(json))
    }

    /// The `input` and the word that all of it is there.
    pub(crate) fn input(self, input: &Value) -> Details {
        self.json_text("input", input).with("inputDetails", Detail::Complete)
    }

    /// The `output` and the word that all of it is there.
    pub(crate) fn output(self, output: &Value) -> Details {
        self.json_text("output", output).with("outputDetails", Detail::Complete)
    }

    /// The variables that were set, if there are any.
    pub(crate) fn assigned(self, variables: Vec<(Arc<str>, Value)>) -> Details {
        if variables.is_empty() {
            return self;
        }
        let details = self.with("assignedVariables", Detail::Variables(variables));
        details.with("assignedVariablesDetails", Detail::Complete)
    }

    /// The error name and the cause, where there are any.
    pub(crate) fn error(error: Option<&str>, cause: Option<&str>) -> Details {
        Details::new().optional_text("error", error).optional_text("cause", cause)
    }

    fn with(mut self, name: &'static str, detail: Detail) -> Details {
        self.0.push((name, detail));
        self
    }

    /// The same without the inputs and outputs themselves.
    pub(super) fn without_data(&self) -> Details {
        let members = self.0.iter().filter(|(name, _)| !matches!(*name, "input" | "output"));
        Details(members.cloned().collect())
    }

    pub(super) fn to_json(&self) -> Json {
        Json::Object(self.0.iter().map(|(name, detail)| ((*name).to_owned(), detail.to_json())).collect())
    }
}

impl Detail {
    fn to_json(&self) -> Json {
        match self {
            Detail::Text(text) => text.as_ref().into(),
            Detail::JsonText(value) => value.to_string().into(),
            Detail::Number(number) => (*number).into(),
            Detail::Plain(json) => json.clone(),
            Detail::Complete => json!({ "truncated": false }),
            Detail::Variables(variables) => Json::Object(
                variables.iter().map(|(name, value)| (name.to_string(), value.to_string().into())).collect(),
            ),
        }
    }
}
