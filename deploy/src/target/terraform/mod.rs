//! Terraform, in its JSON syntax: `main.tf.json`, and beside it the definitions with placeholders.
//!
//! Source: the schemas of the provider `hashicorp/aws`, version 6.

mod api;
mod block;
mod function;
mod machine;
mod role;
mod trigger;

use std::collections::BTreeMap;

use super::Output;
use crate::{
    options::Shift,
    plan::Plan,
    text::Text,
    tree::{Tree, object},
};
use block::{Block, write};

pub(super) fn output(plan: &Plan) -> Output {
    let blocks = blocks(plan);
    let module = object! {
        "terraform" => object! {
            "required_version" => ">= 1.5",
            "required_providers" => object! { "aws" => object! { "source" => "hashicorp/aws", "version" => ">= 6.0" } },
        },
        "data" => object! {
            "aws_partition" => object! { "current" => Tree::Object(Vec::new()) },
            "aws_region" => object! { "current" => Tree::Object(Vec::new()) },
            "aws_caller_identity" => object! { "current" => Tree::Object(Vec::new()) },
        },
        "locals" => Tree::of_pairs([("tags", Tree::of_pairs(&plan.tags))].into_iter().chain(role::documents(plan))),
        "resource" => resources(&blocks),
        "output" => outputs(plan),
    };
    let mut files = BTreeMap::from([("main.tf.json".to_owned(), format!("{:#}\n", module.json(&write)))]);
    files.extend(plan.machines.iter().map(machine::definition));
    Output { files, left_out: left_out(plan) }
}

fn blocks(plan: &Plan) -> Vec<Block> {
    let mut blocks = Vec::new();
    for function in &plan.functions {
        blocks.push(role::log_group(&function.logs));
        blocks.extend(role::role(&function.role));
        blocks.push(function::function(function));
    }
    blocks.extend(plan.activities.iter().map(function::activity));
    for machine in &plan.machines {
        blocks.extend(machine.logs.iter().map(role::log_group));
        blocks.extend(role::role(&machine.role));
        blocks.push(machine::machine(machine));
        blocks.extend(machine.alarms.iter().map(|alarm| machine::alarm(alarm, &machine.id)));
        blocks.extend(machine.alias.iter().map(machine::alias));
        blocks.extend(machine.schedules.iter().flat_map(trigger::schedule));
        blocks.extend(machine.events.iter().flat_map(trigger::event));
        blocks.extend(machine.iot.iter().flat_map(trigger::iot));
    }
    blocks.extend(plan.api.iter().flat_map(api::api));
    blocks
}

/// The blocks by type, each type where its first one is.
fn resources(blocks: &[Block]) -> Tree {
    let mut types: Vec<(&str, Vec<(String, Tree)>)> = Vec::new();
    for block in blocks {
        let named = (block.name.clone(), block.body.clone());
        match types.iter_mut().find(|(kind, _)| *kind == block.kind) {
            Some((_, blocks)) => blocks.push(named),
            None => types.push((block.kind, vec![named])),
        }
    }
    Tree::of_pairs(types.into_iter().map(|(kind, blocks)| (kind, Tree::Object(blocks))))
}

/// What those want to know who start executions or work for activities.
fn outputs(plan: &Plan) -> Tree {
    let arns = plan.started().map(|(id, description)| {
        let name = format!("{}_{}_arn", id.snake(), id.kind.word());
        (name, object! { "description" => description, "value" => Text::arn_of(id) })
    });
    let outputs: Vec<_> = arns.chain(plan.api.iter().map(api::url)).collect();
    (!outputs.is_empty()).then(|| Tree::of_pairs(outputs)).into()
}

/// What the provider does not know.
fn left_out(plan: &Plan) -> Vec<String> {
    let gradual = plan
        .machines
        .iter()
        .filter(|machine| machine.alias.as_ref().is_some_and(|alias| alias.options.shift != Shift::AllAtOnce));
    gradual.map(|machine| format!("the gradual deployment of {}", machine.name)).collect()
}
