//! Who does the work: Lambda functions and activities.

use super::{
    block::{Block, expression},
    role::{rights, tags},
};
use crate::{
    plan::{Activity, Function},
    target::CODE,
    text::Text,
    tree::{Tree, object},
};

pub(super) fn function(function: &Function) -> Block {
    let code = format!("${{path.module}}/{CODE}");
    let vpc = function
        .vpc
        .clone()
        .map(|(subnets, groups)| [object! { "subnet_ids" => subnets, "security_group_ids" => groups }]);
    let body = object! {
        "function_name" => &function.name,
        "description" => function.description.as_deref(),
        "runtime" => "provided.al2023",
        "handler" => "bootstrap",
        "architectures" => [function.architecture.name()],
        "source_code_hash" => expression(format!("filebase64sha256(\"{code}\")")),
        "filename" => Text::own(code),
        "role" => Text::arn_of(&function.role.id),
        "memory_size" => function.memory,
        "timeout" => function.timeout,
        "environment" => [object! { "variables" => Tree::of_pairs(function.environment.clone()) }],
        "layers" => (!function.layers.is_empty()).then(|| function.layers.clone()),
        "vpc_config" => vpc,
        "tracing_config" => function.tracing.then(|| [object! { "mode" => "Active" }]),
        "logging_config" => [object! { "log_format" => "Text", "log_group" => &function.logs.name }],
        "tags" => tags(),
        "depends_on" => depends_on(function),
    };
    Block::new(&function.id, body)
}

/// A function makes its log group itself if it is not there when it first logs.
fn depends_on(function: &Function) -> Tree {
    let logs = super::block::address(&function.logs.id);
    match rights(&function.role) {
        Some(Tree::List(mut all)) => {
            all.push(logs.into());
            Tree::List(all)
        }
        _ => [logs].into(),
    }
}

pub(super) fn activity(activity: &Activity) -> Block {
    Block::new(&activity.id, object! { "name" => &activity.name, "tags" => tags() })
}
