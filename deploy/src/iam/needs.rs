//! What is gone through to find rights: the calls of a machine, and what is known of their arguments.

use std::borrow::Cow;

use serde_json::Value;
use stepwright_asl::{Pointer, QueryLanguage};

use super::{
    Condition, Machine, Problem, Source, Text, Unknown,
    argument::{Arguments, Found, Told, filled},
    name::Form,
    rights::Rights,
};
use crate::arn::Arn;

/// A call of a state, or what a distributed map reads or writes.
pub(super) struct Call<'a> {
    /// The name of the state.
    pub(super) state: &'a str,
    /// The state as the source of rights.
    pub(super) source: Source,
    /// What the author calls it: the integration without pattern, such as `sqs:sendMessage`.
    pub(super) integration: String,
    /// Whether the state waits for the end of the job that it starts.
    pub(super) sync: bool,
    /// What it is given.
    pub(super) arguments: Arguments<'a>,
    /// What comes before the names of the arguments where the author names them, such as `ItemReader.`.
    pub(super) prefix: &'static str,
}

/// What it means that an argument is absent.
#[derive(Clone, Copy)]
pub(super) enum Absent {
    /// The resource is needed, so the author has to name it.
    Required,
    /// There is no resource.
    None,
    /// It is the one of this name.
    Default(&'static str),
}

/// An argument that names resources.
#[derive(Clone, Copy)]
pub(super) struct Named {
    /// The argument.
    pub(super) argument: &'static str,
    /// What it means that it is absent.
    pub(super) absent: Absent,
    /// How it names them.
    pub(super) form: Form,
}

/// The rights found so far, and what is not known.
pub(super) struct Needs<'a> {
    pub(super) machine: &'a Machine<'a>,
    pub(super) rights: Rights,
    pub(super) unknown: Vec<Unknown>,
}

impl<'a> Needs<'a> {
    /// Adds a right of a call.
    pub(super) fn add(&mut self, call: &Call, sid: &str, actions: &[&str], resources: Vec<Text>) {
        self.add_if(call, sid, actions, resources, Condition::new());
    }

    /// Adds a right of a call under a condition.
    pub(super) fn add_if(
        &mut self,
        call: &Call,
        sid: &str,
        actions: &[&str],
        resources: Vec<Text>,
        condition: Condition,
    ) {
        self.rights.add(sid, actions, resources, condition, &call.source);
    }

    /// The resources that an argument names.
    pub(super) fn resources(&mut self, call: &Call, named: Named) -> Vec<Text> {
        self.arns(call, named).into_iter().map(Text::Arn).collect()
    }

    /// The ARNs of the resources that an argument names.
    pub(super) fn arns(&mut self, call: &Call, named: Named) -> Vec<Arn> {
        let texts = self.texts(call, named.argument, named.absent);
        let mut arns = Vec::new();
        for (text, pointer) in texts {
            match named.form.arns(&text) {
                Ok(named) => arns.extend(named),
                Err(expected) => {
                    let argument = format!("{}{}", call.prefix, named.argument);
                    self.tell(call, &pointer, Problem::Misfit { argument, text, expected });
                }
            }
        }
        arns
    }

    /// What an argument is, each with where it is: from the definition or, where that does not tell, from the author.
    pub(super) fn texts(&mut self, call: &Call, argument: &str, absent: Absent) -> Vec<(String, Pointer)> {
        let mut texts = Vec::new();
        for Found { pointer, value } in call.arguments.find(argument) {
            let name = || format!("{}{argument}", call.prefix);
            match (value, absent) {
                (Told::Text(text), _) => texts.push((text, pointer)),
                (Told::Absent, Absent::None) => {}
                (Told::Absent, Absent::Default(text)) => texts.push((text.to_owned(), pointer)),
                (Told::Absent, Absent::Required) => {
                    texts.extend(self.said(call, &pointer, Problem::Absent { argument: name() }, argument));
                }
                (Told::Expression, _) => {
                    texts.extend(self.said(call, &pointer, Problem::Expression { argument: name() }, argument));
                }
                (Told::Placeholder(name), _) => self.tell(call, &pointer, Problem::Placeholder { name }),
                (Told::Other(text), _) => {
                    let expected = "a text".to_owned();
                    self.tell(call, &pointer, Problem::Misfit { argument: name(), text, expected });
                }
            }
        }
        texts
    }

    /// What the author says of an argument; a problem if that is nothing.
    fn said(&mut self, call: &Call, at: &Pointer, problem: Problem, argument: &str) -> Vec<(String, Pointer)> {
        let Some(said) = self.author(call, argument) else {
            self.tell(call, at, problem);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for text in said {
            match filled(text, &self.machine.options.placeholders) {
                Told::Text(text) => texts.push((text, at.clone())),
                Told::Placeholder(name) => self.tell(call, at, Problem::Placeholder { name }),
                Told::Absent | Told::Expression | Told::Other(_) => {}
            }
        }
        texts
    }

    /// What the author says of an argument, of the state or else of the integration.
    pub(super) fn author(&self, call: &Call, argument: &str) -> Option<&'a [String]> {
        let argument = format!("{}{argument}", call.prefix);
        let said = &self.machine.options.arguments;
        [call.state, &call.integration].iter().find_map(|key| said.get(*key)?.get(&argument)).map(Vec::as_slice)
    }

    /// The customer managed keys of buckets, queues and topics.
    pub(super) fn keys<'n>(&self, names: impl Iterator<Item = &'n str>) -> Vec<Text> {
        names.filter_map(|name| self.machine.options.keys.get(name)).cloned().map(Text::Arn).collect()
    }

    /// Notes that something is not known.
    pub(super) fn tell(&mut self, call: &Call, at: &Pointer, problem: Problem) {
        self.unknown.push(Unknown { state: call.state.to_owned(), pointer: at.clone(), problem });
    }

    /// The arguments of a state that are written in a language at a place of the definition.
    pub(super) fn arguments(
        &self,
        language: QueryLanguage,
        pointer: Pointer,
        payload: Option<Cow<'a, Value>>,
    ) -> Arguments<'a> {
        let (machine, placeholders) = (self.machine.name, &self.machine.options.placeholders);
        Arguments { language, payload, pointer, machine, placeholders }
    }
}

/// The member that has the arguments of a call, and what it has, in each language.
pub(super) fn payload<'a>(
    language: QueryLanguage,
    parameters: Option<&'a Value>,
    arguments: Option<&'a Value>,
) -> (&'static str, Option<Cow<'a, Value>>) {
    let (name, payload) = match language {
        QueryLanguage::JsonPath => ("Parameters", parameters),
        QueryLanguage::Jsonata => ("Arguments", arguments),
    };
    (name, payload.map(Cow::Borrowed))
}
