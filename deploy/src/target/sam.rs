//! The Serverless Application Model: the resources of CloudFormation, but for functions and machines in SAM's own words, so that
//! its tools find them and load up the code.
//!
//! Source: AWS SAM Developer Guide, "AWS::Serverless::Function" and "AWS::Serverless::StateMachine".

use std::collections::BTreeMap;

use super::{
    CODE, Output,
    cloudformation::{self, Resource},
};
use crate::{
    id::Kind,
    plan::{Function, Machine, Plan, StackErrors},
    text::{Attribute, Text},
    tree::{Tree, object},
};

pub(super) fn output(plan: &Plan) -> Result<Output, StackErrors> {
    let resources: Vec<_> = cloudformation::resources(plan).into_iter().map(|resource| own(resource, plan)).collect();
    let template = cloudformation::template(plan, "AWS::Serverless-2016-10-31".into(), Tree::Absent, &resources);
    cloudformation::file(&template)
}

/// The resource in SAM's words, if it has any.
fn own(resource: Resource, plan: &Plan) -> Resource {
    let kind = match resource.id.kind {
        Kind::Function => "AWS::Serverless::Function",
        Kind::Machine => "AWS::Serverless::StateMachine",
        _ => return resource,
    };
    let function = plan.functions.iter().find(|function| function.id == resource.id);
    // SAM knows no keys of their own.
    let machine = plan.machines.iter().find(|machine| machine.id == resource.id && machine.encryption.is_none());
    match (function, machine) {
        (Some(found), _) => Resource { kind, properties: self::function(found, plan), ..resource },
        (_, Some(found)) => Resource { kind, properties: self::machine(found, plan), ..resource },
        (None, None) => resource,
    }
}

fn function(function: &Function, plan: &Plan) -> Tree {
    object! {
        "FunctionName" => &function.name,
        "Description" => function.description.as_deref(),
        "Runtime" => "provided.al2023",
        "Handler" => "bootstrap",
        "Architectures" => [function.architecture.name()],
        "CodeUri" => CODE,
        "Role" => Text::arn_of(&function.role.id),
        "MemorySize" => function.memory,
        "Timeout" => function.timeout,
        "Environment" => object! { "Variables" => Tree::of_pairs(function.environment.clone()) },
        "Layers" => (!function.layers.is_empty()).then(|| function.layers.clone()),
        "VpcConfig" => cloudformation::vpc(function),
        "Tracing" => function.tracing.then_some("Active"),
        "LoggingConfig" => object! { "LogGroup" => Text::of(&function.logs.id, Attribute::Id) },
        "Tags" => tags(&plan.tags),
    }
}

fn machine(machine: &Machine, plan: &Plan) -> Tree {
    object! {
        "Name" => &machine.name,
        "Type" => machine.type_name(),
        "Role" => Text::arn_of(&machine.role.id),
        "Logging" => cloudformation::logging(machine),
        "Tracing" => cloudformation::tracing(machine),
        "Tags" => tags(&plan.tags),
        "DefinitionSubstitutions" => cloudformation::substitutions(machine),
        "Definition" => machine.definition.clone(),
    }
}

fn tags(tags: &BTreeMap<String, String>) -> Option<Tree> {
    (!tags.is_empty()).then(|| Tree::of_pairs(tags))
}
