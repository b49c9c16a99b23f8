//! The AWS Cloud Development Kit: a construct in TypeScript, `NAME.ts`, and beside it the definitions with placeholders.
//!
//! What others want to grant or watch is an object of the kit: functions, activities, machines. Roles and log groups belong to
//! those. The rest are resources as CloudFormation knows them.
//!
//! Source: `aws-cdk-lib`, version 2.

mod function;
mod machine;
mod names;
mod role;
mod typescript;

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToKebabCase, ToUpperCamelCase};

use super::{
    Output,
    cloudformation::{self, Resource},
};
use crate::{
    id::{Id, Kind},
    plan::Plan,
    text::Text,
    tree::{Tree, object},
};
use names::names;
use typescript::{quoted, typescript, variable};

/// A new object of the kit.
struct Object {
    /// The resource that it is.
    id: Id,
    /// Its class.
    class: &'static str,
    /// What it is made of.
    properties: Tree,
    /// What is done with it then: calls and assignments of its variable.
    then: Vec<String>,
}

pub(super) fn output(plan: &Plan) -> Output {
    let mut files = BTreeMap::from([(format!("{}.ts", plan.name.to_kebab_case()), construct(plan))]);
    files.extend(plan.machines.iter().map(machine::definition));
    Output { files, left_out: Vec::new() }
}

fn construct(plan: &Plan) -> String {
    let objects: Vec<_> =
        cloudformation::resources(plan).iter().filter_map(|resource| Object::of(resource, plan)).collect();
    let fields = objects.iter().filter_map(|object| Some((variable(&object.id), field(object.id.kind)?)));
    let fields: String = fields.map(|(name, class)| format!("  readonly {name}: {class};\n")).collect();
    let tags = plan.tags.iter().map(|(key, value)| format!("Tags.of(this).add({}, {});\n", quoted(key), quoted(value)));
    let made: Vec<_> = objects.iter().map(Object::made).collect();
    let said: Vec<_> = made.iter().cloned().chain(tags.clone()).collect();
    let named = names(said.iter().map(String::as_str));
    let statements = objects.iter().zip(&made).map(|(object, made)| object.declaration(&named) + made);
    let body: String = place(&named).into_iter().chain(statements).chain(tags).collect();
    let named = names([fields.as_str(), &body]);
    let imports = IMPORTS.iter().filter(|(name, _)| named.contains(name));
    let imports: String = imports.map(|(_, import)| format!("  {import},\n")).collect();
    format!(
        "{HEADER}import {{\n{imports}}} from 'aws-cdk-lib';\nimport {{ Construct }} from 'constructs';\n\n\
         /** The state machines of {}, and what they need. */\n\
         export class {} extends Construct {{\n{fields}\n  constructor(scope: Construct, id: string) {{\n    \
         super(scope, id);\n{}  }}\n}}\n",
        plan.name,
        plan.name.to_upper_camel_case(),
        indented(&body),
    )
}

const HEADER: &str = "// Written by `stack cdk`: changes are lost.\nimport * as path from 'node:path';\n";

/// What a construct may name, and how it is imported.
const IMPORTS: [(&str, &str); 10] = [
    ("CfnResource", "CfnResource"),
    ("Duration", "Duration"),
    ("RemovalPolicy", "RemovalPolicy"),
    ("Stack", "Stack"),
    ("Tags", "Tags"),
    ("iam", "aws_iam as iam"),
    ("kms", "aws_kms as kms"),
    ("lambda", "aws_lambda as lambda"),
    ("logs", "aws_logs as logs"),
    ("sfn", "aws_stepfunctions as sfn"),
];

/// The place of the deployment, as far as it is named.
fn place(named: &BTreeSet<&str>) -> Option<String> {
    let parts: Vec<_> = ["account", "partition", "region"].into_iter().filter(|part| named.contains(part)).collect();
    (!parts.is_empty()).then(|| format!("const {{ {} }} = Stack.of(this);\n", parts.join(", ")))
}

/// The class of the resources that others see.
fn field(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Function => Some("lambda.Function"),
        Kind::Activity => Some("sfn.Activity"),
        Kind::Machine => Some("sfn.StateMachine"),
        _ => None,
    }
}

impl Object {
    fn of(resource: &Resource, plan: &Plan) -> Option<Self> {
        let id = &resource.id;
        match id.kind {
            Kind::Function => plan.functions.iter().find(|function| function.id == *id).map(function::function),
            Kind::Activity => plan.activities.iter().find(|activity| activity.id == *id).map(function::activity),
            Kind::Machine => plan.machines.iter().find(|machine| machine.id == *id).map(machine::machine),
            Kind::Role => plan.roles().find(|role| role.id == *id).map(role::role),
            Kind::Logs => plan.log_groups().find(|logs| logs.id == *id).map(role::log_group),
            _ => Some(Object::resource(resource)),
        }
    }

    /// A resource as CloudFormation knows it.
    fn resource(resource: &Resource) -> Self {
        let name = variable(&resource.id);
        let retained = resource.is_retained.then(|| format!("{name}.applyRemovalPolicy(RemovalPolicy.RETAIN);"));
        let waits = resource.depends_on.iter().map(|other| format!("{name}.node.addDependency({});", variable(other)));
        Object {
            id: resource.id.clone(),
            class: "CfnResource",
            properties: object! { "type" => resource.kind, "properties" => resource.properties.clone() },
            then: retained.into_iter().chain(waits).collect(),
        }
    }

    /// What it is made by, and what is done then.
    fn made(&self) -> String {
        let (id, properties) = (quoted(&self.id.upper_camel()), typescript(&self.properties));
        let then: String = self.then.iter().map(|then| format!("{then}\n")).collect();
        format!("new {}(this, {id}, {properties});\n{then}", self.class)
    }

    /// Where it is kept, if somebody names it.
    fn declaration(&self, named: &BTreeSet<&str>) -> String {
        let name = variable(&self.id);
        match field(self.id.kind) {
            Some(_) => format!("this.{name} = "),
            None if named.contains(name.as_str()) => format!("const {name} = "),
            None => String::new(),
        }
    }
}

/// An expression of the kit's own.
fn own(expression: impl Into<String>) -> Text {
    Text::own(expression)
}

/// The lines, two levels in.
fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}
