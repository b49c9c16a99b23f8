//! CloudFormation: a template of the stack's resources.
//!
//! Source: the schemas of CloudFormation's resource types.

mod alarm;
mod api;
mod function;
mod machine;
mod resource;
mod role;
mod trigger;

pub(super) use function::vpc;
pub(super) use machine::{logging, substitutions, tracing};
pub(super) use resource::{Reference, Resource, reference, write};

use std::collections::BTreeMap;

use super::Output;
use crate::{
    id::{Id, Kind},
    plan::{Plan, StackErrors},
    text::{Attribute, Text},
    tree::{Tree, object},
};

/// The longest template, in bytes. Source: AWS CloudFormation User Guide, "Understand CloudFormation quotas".
const LONGEST: usize = 1_000_000;

/// The template as a file.
pub(super) fn output(plan: &Plan) -> Result<Output, StackErrors> {
    file(&template(plan, Tree::Absent, parameters(plan), &resources(plan)))
}

/// A template as a file.
pub(super) fn file(template: &Tree) -> Result<Output, StackErrors> {
    let text = format!("{:#}\n", template.json(&write));
    let mut errors = StackErrors::default();
    if text.len() > LONGEST {
        errors.push(
            format!("the template has {} bytes, but CloudFormation takes {LONGEST} at most", text.len()),
            "divide the program into several, or write the stack for another tool: there, definitions are files of their own",
        );
    }
    let files = BTreeMap::from([("template.json".to_owned(), text)]);
    errors.into_result(Output { files, left_out: Vec::new() })
}

/// A template with these resources.
pub(super) fn template(plan: &Plan, transform: Tree, parameters: Tree, resources: &[Resource]) -> Tree {
    object! {
        "AWSTemplateFormatVersion" => "2010-09-09",
        "Transform" => transform,
        "Description" => format!("State machines of {}", plan.name),
        "Parameters" => parameters,
        "Resources" => Tree::of_pairs(resources.iter().map(Resource::entry)),
        "Outputs" => outputs(plan),
    }
}

/// The resources of a plan, those before that others refer to.
pub(super) fn resources(plan: &Plan) -> Vec<Resource> {
    let mut resources = Vec::new();
    for function in &plan.functions {
        resources.extend([
            role::log_group(&function.logs, plan),
            role::role(&function.role, plan),
            function::function(function, plan),
        ]);
    }
    resources.extend(plan.activities.iter().map(|activity| function::activity(activity, plan)));
    for machine in &plan.machines {
        resources.extend(machine.logs.iter().map(|logs| role::log_group(logs, plan)));
        resources.extend([role::role(&machine.role, plan), machine::machine(machine, plan)]);
        resources.extend(machine.alarms.iter().map(|alarm| alarm::alarm(alarm, &machine.id)));
        resources.extend(machine.alias.iter().flat_map(|alias| machine::alias(alias, machine)));
    }
    resources.extend(triggers(plan));
    resources
}

fn triggers(plan: &Plan) -> Vec<Resource> {
    let mut resources = Vec::new();
    for machine in &plan.machines {
        for schedule in &machine.schedules {
            resources.extend([role::role(&schedule.role, plan), trigger::schedule(schedule)]);
        }
        for event in &machine.events {
            resources.extend([role::role(&event.role, plan), trigger::event(event)]);
        }
        for iot in &machine.iot {
            resources.extend([role::role(&iot.role, plan), trigger::iot(iot)]);
        }
    }
    if let Some(api) = &plan.api {
        resources.push(role::role(&api.role, plan));
        resources.extend(api::api(api, plan));
    }
    resources
}

/// Where the code of the functions lies.
fn parameters(plan: &Plan) -> Tree {
    let parameter = |description: &str| object! { "Type" => "String", "Description" => description };
    let parameters = object! {
        function::CODE_BUCKET => parameter("The bucket with the code of the functions, bootstrap.zip"),
        function::CODE_KEY => parameter("Its key; a new one for new code, or the functions stay as they are"),
    };
    (!plan.functions.is_empty()).then_some(parameters).into()
}

/// What those want to know who start executions or work for activities.
fn outputs(plan: &Plan) -> Tree {
    let arns = plan.started().map(|(id, description)| {
        (format!("{}Arn", id.upper_camel()), object! { "Description" => description, "Value" => Text::arn_of(id) })
    });
    let url = plan.api.iter().map(|api| ("ApiUrl".to_owned(), object! { "Value" => api_url(&api.id) }));
    let outputs: Vec<_> = arns.chain(url).collect();
    (!outputs.is_empty()).then(|| Tree::of_pairs(outputs)).into()
}

fn api_url(api: &Id) -> Text {
    Text::from("https://")
        .then(Text::of(api, Attribute::Id))
        .then(Text::with_pseudo_parameters(".execute-api.${AWS::Region}.amazonaws.com/"))
        .then(Text::of(&api.sibling(Kind::Stage), Attribute::Id))
}
