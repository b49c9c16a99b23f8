//! State machines, their aliases and alarms.

use super::{
    block::{Block, escaped, expression, inserted},
    role::{log_destination, rights, tags},
};
use crate::{
    id::Id,
    plan::{Alarm, Alias, Machine},
    text::Text,
    tree::{Tree, object},
};

pub(super) fn machine(machine: &Machine) -> Block {
    let body = object! {
        "name" => &machine.name,
        "type" => machine.type_name(),
        "role_arn" => Text::arn_of(&machine.role.id),
        "definition" => expression(template(machine)),
        "publish" => machine.alias.is_some().then_some(true),
        "logging_configuration" => logging(machine),
        "tracing_configuration" => machine.tracing.then(|| [object! { "enabled" => true }]),
        "encryption_configuration" => encryption(machine),
        "tags" => tags(),
        "depends_on" => rights(&machine.role),
    };
    Block::new(&machine.id, body)
}

/// The definition as a file, in which `templatefile` fills in the placeholders.
pub(super) fn definition(machine: &Machine) -> (String, String) {
    let text = escaped(&format!("{:#}\n", machine.definition));
    let text = machine
        .substitutions
        .keys()
        .fold(text, |text, name| text.replace(&format!("$${{{name}}}"), &format!("${{{name}}}")));
    (file(machine), text)
}

fn file(machine: &Machine) -> String {
    format!("{}.asl.json", machine.name)
}

fn template(machine: &Machine) -> String {
    let path = format!("\"${{path.module}}/{}\"", file(machine));
    let variables: Vec<_> =
        machine.substitutions.iter().map(|(name, text)| format!("{name} = {}", inserted(text))).collect();
    format!("templatefile({path}, {{{}}})", variables.join(", "))
}

fn logging(machine: &Machine) -> Option<Tree> {
    let logs = machine.logs.as_ref()?;
    let logging = object! {
        "level" => machine.log_level.name(),
        "include_execution_data" => machine.log_data,
        "log_destination" => log_destination(&logs.id),
    };
    Some(Tree::list([logging]))
}

fn encryption(machine: &Machine) -> Option<Tree> {
    let encryption = machine.encryption.as_ref()?;
    let encryption = object! {
        "type" => "CUSTOMER_MANAGED_KMS_KEY",
        "kms_key_id" => Text::from(&encryption.key),
        "kms_data_key_reuse_period_seconds" => encryption.reuse,
    };
    Some(Tree::list([encryption]))
}

pub(super) fn alias(alias: &Alias) -> Block {
    let routing = object! { "state_machine_version_arn" => Text::arn_of(&alias.version), "weight" => 100 };
    Block::new(&alias.id, object! { "name" => &alias.options.name, "routing_configuration" => [routing] })
}

pub(super) fn alarm(alarm: &Alarm, machine: &Id) -> Block {
    let body = object! {
        "alarm_name" => &alarm.name,
        "namespace" => "AWS/States",
        "metric_name" => alarm.metric,
        "dimensions" => object! { "StateMachineArn" => Text::arn_of(machine) },
        "statistic" => "Sum",
        "period" => alarm.period,
        "evaluation_periods" => 1,
        "threshold" => 1,
        "comparison_operator" => "GreaterThanOrEqualToThreshold",
        "treat_missing_data" => "notBreaching",
        "alarm_actions" => (!alarm.actions.is_empty()).then(|| alarm.actions.clone()),
        "tags" => tags(),
    };
    Block::new(&alarm.id, body)
}
