//! State machines, their versions and aliases.

use super::resource::{Resource, tags};
use crate::{
    options::Shift,
    plan::{Alias, Machine, Plan},
    text::{Attribute, Text},
    tree::{Tree, object},
};

pub(super) fn machine(machine: &Machine, plan: &Plan) -> Resource {
    let properties = object! {
        "StateMachineName" => &machine.name,
        "StateMachineType" => machine.type_name(),
        "RoleArn" => Text::arn_of(&machine.role.id),
        "LoggingConfiguration" => logging(machine),
        "TracingConfiguration" => tracing(machine),
        "EncryptionConfiguration" => encryption(machine),
        "Tags" => tags(&plan.tags),
        "DefinitionSubstitutions" => substitutions(machine),
        "Definition" => machine.definition.clone(),
    };
    Resource::new(&machine.id, "AWS::StepFunctions::StateMachine", properties)
}

pub(in crate::target) fn substitutions(machine: &Machine) -> Option<Tree> {
    let substitutions = Tree::of_pairs(machine.substitutions.iter().map(|(key, text)| (key, text.clone())));
    (!machine.substitutions.is_empty()).then_some(substitutions)
}

pub(in crate::target) fn logging(machine: &Machine) -> Option<Tree> {
    let logs = machine.logs.as_ref()?;
    let destination = object! { "CloudWatchLogsLogGroup" => object! { "LogGroupArn" => Text::arn_of(&logs.id) } };
    Some(object! {
        "Level" => machine.log_level.name(),
        "IncludeExecutionData" => machine.log_data,
        "Destinations" => [destination],
    })
}

pub(in crate::target) fn tracing(machine: &Machine) -> Option<Tree> {
    machine.tracing.then(|| object! { "Enabled" => true })
}

fn encryption(machine: &Machine) -> Option<Tree> {
    let encryption = machine.encryption.as_ref()?;
    Some(object! {
        "Type" => "CUSTOMER_MANAGED_KMS_KEY",
        "KmsKeyId" => Text::from(&encryption.key),
        "KmsDataKeyReusePeriodSeconds" => encryption.reuse,
    })
}

/// The newest version, and the alias that moves to it. Former versions stay: the alias still sends executions there.
pub(super) fn alias(alias: &Alias, machine: &Machine) -> [Resource; 2] {
    let version = Resource::new(
        &alias.version,
        "AWS::StepFunctions::StateMachineVersion",
        object! {
            "StateMachineArn" => Text::arn_of(&machine.id),
            "StateMachineRevisionId" => Text::of(&machine.id, Attribute::Revision),
        },
    );
    let alarms: Vec<_> = machine.alarms.iter().map(|alarm| Text::of(&alarm.id, Attribute::Id)).collect();
    let steps = alias.options.shift != Shift::AllAtOnce;
    let preference = object! {
        "StateMachineVersionArn" => Text::arn_of(&alias.version),
        "Type" => alias.options.shift.name(),
        "Percentage" => steps.then_some(alias.options.percentage),
        "Interval" => steps.then_some(alias.options.interval),
        "Alarms" => (!alarms.is_empty()).then_some(alarms),
    };
    let properties = object! { "Name" => &alias.options.name, "DeploymentPreference" => preference };
    [
        Resource { is_retained: true, ..version },
        Resource::new(&alias.id, "AWS::StepFunctions::StateMachineAlias", properties),
    ]
}
