//! The policy of a machine's execution role.

use std::borrow::Cow;

use serde_json::Value;
use stepwright_asl::{Pattern, PlacedState, Resource, ServiceCall, State, StateMachine, Task};

use super::{
    Options, Policy, Problem, Source, Unknown,
    argument::{Told, filled},
    integration, map,
    name::Form,
    needs::{Absent, Call, Named, Needs, payload},
    rights::Rights,
    sdk, settings,
};
use crate::arn::{Arn, Location};

/// What the author calls the calls that are made as another role.
pub(crate) const CREDENTIALS: &str = "Credentials";

/// A state machine, and what it is deployed with.
#[derive(Clone, Copy, Debug)]
pub struct Machine<'a> {
    /// The name that it is deployed under.
    pub name: &'a str,
    /// The definition.
    pub definition: &'a StateMachine,
    /// Whether executions are logged.
    pub logging: bool,
    /// Whether executions are traced by X-Ray.
    pub tracing: bool,
    /// The customer managed key that encrypts its executions.
    pub encryption_key: Option<&'a Arn>,
    /// What its author says of the rights.
    pub options: &'a Options,
}

impl<'a> Machine<'a> {
    /// A machine that is neither logged nor traced, nor encrypted by a key of its own.
    #[must_use]
    pub fn new(name: &'a str, definition: &'a StateMachine, options: &'a Options) -> Self {
        Self { name, definition, logging: false, tracing: false, encryption_key: None, options }
    }
}

/// What the executions of a machine have to be allowed, and nothing else.
///
/// # Errors
///
/// All that is neither in the definition nor said by the author, in the order of the definition.
pub fn execution_policy(machine: &Machine) -> Result<Policy, Vec<Unknown>> {
    let mut needs = Needs { machine, rights: Rights::default(), unknown: Vec::new() };
    let mut order = Vec::new();
    for placed in machine.definition.all_states() {
        order.push(source(&placed));
        match placed.state {
            State::Task(task) => needs.task(&placed, task),
            State::Map(map) => map::map(&mut needs, &placed, map),
            _ => {}
        }
    }
    settings::settings(&mut needs);
    // An argument may matter to several rights.
    let mut told = Vec::new();
    needs.unknown.retain(|unknown| {
        !told.contains(unknown) && {
            told.push(unknown.clone());
            true
        }
    });
    if needs.unknown.is_empty() { Ok(needs.rights.into_policy(&order)) } else { Err(needs.unknown) }
}

/// A state as what rights come from.
pub(super) fn source(placed: &PlacedState) -> Source {
    Source::State { name: placed.name.to_owned(), pointer: placed.pointer.clone() }
}

impl<'a> Needs<'a> {
    fn task(&mut self, placed: &PlacedState<'a>, task: &'a Task) {
        let language = self.machine.definition.language_of(placed.state);
        let (name, payload) = payload(language, task.parameters.as_ref(), task.arguments.as_ref());
        let mut call = Call {
            state: placed.name,
            source: source(placed),
            integration: String::new(),
            sync: false,
            arguments: self.arguments(language, placed.pointer.key(name), payload),
            prefix: "",
        };
        let at = placed.pointer.key("Resource");
        let text = match filled(&task.resource, &self.machine.options.placeholders) {
            Told::Placeholder(name) => return self.tell(&call, &at, Problem::Placeholder { name }),
            Told::Text(text) => text,
            _ => return,
        };
        let arn = text.parse::<Arn>().ok();
        // The parts of the place may be open, which are no parts of an ARN yet.
        let plain = arn.as_ref().map_or(text.clone(), |arn| arn.at(&Location::new("aws", "region", "account")));
        let known = match Resource::parse(&plain) {
            Some(Resource::Activity(_)) => true,
            Some(_) if task.credentials.is_some() => {
                self.credentials(placed, task, call.source);
                return;
            }
            Some(Resource::LambdaFunction(_)) => {
                integration::invoke(self, &call, arn.into_iter().collect());
                true
            }
            Some(Resource::Service(ServiceCall { service, action, pattern, .. })) => {
                call.integration = format!("{service}:{action}");
                call.sync = matches!(pattern, Pattern::Sync | Pattern::Sync2);
                integration::rights(self, &call)
            }
            Some(Resource::Sdk(ServiceCall { service, action, .. })) => {
                call.integration = format!("aws-sdk:{service}:{action}");
                sdk::rights(self, &call, service, action);
                true
            }
            None => false,
        };
        if !known {
            self.tell(&call, &at, Problem::Resource { text });
        }
    }

    /// A call that is made as another role, which has the rights of the call itself.
    fn credentials(&mut self, placed: &PlacedState<'a>, task: &'a Task, source: Source) {
        let language = self.machine.definition.language_of(placed.state);
        let payload = task.credentials.clone().map(Value::Object).map(Cow::Owned);
        let call = Call {
            state: placed.name,
            source,
            integration: CREDENTIALS.to_owned(),
            sync: false,
            arguments: self.arguments(language, placed.pointer.key("Credentials"), payload),
            prefix: "Credentials.",
        };
        let roles = self.resources(&call, Named { argument: "RoleArn", absent: Absent::Required, form: Form::Arn });
        self.add(&call, "AssumeRole", &["sts:AssumeRole"], roles);
    }
}
