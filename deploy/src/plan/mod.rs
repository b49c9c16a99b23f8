//! What a stack comes to: its resources with all that AWS wants to know of them. Targets only print this.
//!
//! * `definition.rs`: what deployment puts into the machines.
//! * `function.rs`, `machine.rs`, `trigger.rs`, `api.rs`: the resources; `role.rs` what they may do.

mod api;
mod definition;
mod error;
mod function;
mod machine;
mod names;
mod role;
mod trigger;

pub(crate) use api::{Api, Model, Path, Response, Route};
pub(crate) use definition::filled;
pub use error::{StackError, StackErrors};
pub(crate) use function::Function;
pub(crate) use machine::{Alarm, Alias, Machine};
pub(crate) use role::{LogGroup, Role};
pub(crate) use trigger::{Event, Iot, Schedule};

use std::collections::BTreeMap;

use crate::{
    arn::Arn,
    iam::Policy,
    id::{Id, Kind},
    options::KubernetesOptions,
    stack::Stack,
};

/// The resources of a stack.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The name of the stack.
    pub(crate) name: String,
    /// Tags of all resources.
    pub(crate) tags: BTreeMap<String, String>,
    /// Its Lambda functions.
    pub(crate) functions: Vec<Function>,
    /// Its activities.
    pub(crate) activities: Vec<Activity>,
    /// Its state machines.
    pub(crate) machines: Vec<Machine>,
    /// Its REST API, if any machine has a route.
    pub(crate) api: Option<Api>,
    /// Where manifests for Kubernetes deploy to.
    pub(crate) kubernetes: KubernetesOptions,
}

/// An activity.
#[derive(Clone, Debug)]
pub(crate) struct Activity {
    /// What it is called within the stack.
    pub(crate) id: Id,
    /// Its name.
    pub(crate) name: String,
}

impl Plan {
    /// What a stack comes to.
    pub(crate) fn of(stack: &Stack) -> Result<Self, StackErrors> {
        let name = stack.options.name.as_ref().unwrap_or(&stack.name);
        let mut errors = StackErrors::default();
        names::check(name, stack, &mut errors);
        let functions: Vec<_> =
            stack.functions.iter().map(|function| Function::of(name, function, &stack.options, &mut errors)).collect();
        let machines: Vec<_> =
            stack.machines.iter().map(|machine| Machine::of(name, machine, stack, &functions, &mut errors)).collect();
        definition::unused(stack, &machines, &functions, &mut errors);
        let plan = Plan {
            name: name.clone(),
            tags: stack.options.tags.clone(),
            activities: stack.activities.iter().map(|activity| Activity::of(&activity.name)).collect(),
            api: Api::of(name, stack, &machines, &mut errors),
            functions,
            machines,
            kubernetes: stack.options.kubernetes.clone(),
        };
        errors.into_result(plan)
    }

    /// The policy of the own role of a machine of the stack; `None` if there is no such machine. Whatever else may be wrong with
    /// the stack does not matter.
    pub(crate) fn policy(stack: &Stack, machine: &str) -> Option<Result<Policy, StackErrors>> {
        let machine = stack.machines.iter().find(|known| known.name == machine)?;
        let name = stack.options.name.as_ref().unwrap_or(&stack.name);
        let mut ignored = StackErrors::default();
        let functions: Vec<_> =
            stack.functions.iter().map(|function| Function::of(name, function, &stack.options, &mut ignored)).collect();
        let mut errors = StackErrors::default();
        let definition = definition::with_placeholders(&machine.definition, &functions).to_value();
        definition::substitutions(machine, &definition, stack, &functions, &mut errors);
        let policy = machine::policy(machine, stack, &functions).unwrap_or_else(|unknown| {
            unknown.into_iter().for_each(|unknown| errors.rights(&machine.name, unknown));
            Policy::default()
        });
        Some(errors.into_result(policy))
    }

    /// What others start or work for, each with what it is for: activities, and the machines or their aliases.
    pub(crate) fn started(&self) -> impl Iterator<Item = (&Id, Option<&str>)> {
        let activities = self.activities.iter().map(|activity| (&activity.id, None));
        activities.chain(self.machines.iter().map(|machine| (machine.target(), machine.description.as_deref())))
    }

    /// All roles.
    pub(crate) fn roles(&self) -> impl Iterator<Item = &Role> {
        let of_functions = self.functions.iter().map(|function| &function.role);
        let of_machines = self.machines.iter().flat_map(|machine| {
            let schedules = machine.schedules.iter().map(|schedule| &schedule.role);
            let events = machine.events.iter().map(|event| &event.role);
            let iot = machine.iot.iter().map(|iot| &iot.role);
            [&machine.role].into_iter().chain(schedules).chain(events).chain(iot)
        });
        of_functions.chain(of_machines).chain(self.api.iter().map(|api| &api.role))
    }

    /// All log groups.
    pub(crate) fn log_groups(&self) -> impl Iterator<Item = &LogGroup> {
        let of_functions = self.functions.iter().map(|function| &function.logs);
        of_functions.chain(self.machines.iter().filter_map(|machine| machine.logs.as_ref()))
    }

    /// The ARN of a function, activity or machine.
    pub(crate) fn arn(&self, id: &Id) -> Option<Arn> {
        let functions = self.functions.iter().map(|function| (&function.id, function.arn()));
        let activities = self.activities.iter().map(|activity| (&activity.id, activity.arn()));
        let machines = self.machines.iter().map(|machine| (&machine.id, machine.arn()));
        functions.chain(activities).chain(machines).find_map(|(known, arn)| (known == id).then_some(arn))
    }
}

impl Activity {
    /// Its name anywhere.
    pub(crate) fn arn(&self) -> Arn {
        Arn::here("states", format!("activity:{}", self.name))
    }

    fn of(name: &str) -> Self {
        Activity { id: Id::new(Kind::Activity, name), name: name.to_owned() }
    }
}
