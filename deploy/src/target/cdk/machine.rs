//! State machines.

use super::{
    Object, own,
    typescript::{quoted, typescript, variable},
};
use crate::{
    plan::Machine,
    target::cloudformation::substitutions,
    text::Text,
    tree::{Tree, object},
};

pub(super) fn machine(machine: &Machine) -> Object {
    let file = quoted(&file(machine));
    let properties = object! {
        "stateMachineName" => &machine.name,
        "stateMachineType" => own(format!("sfn.StateMachineType.{}", machine.type_name())),
        "definitionBody" => own(format!("sfn.DefinitionBody.fromFile(path.join(__dirname, {file}))")),
        "definitionSubstitutions" => substitutions(machine),
        "role" => own(variable(&machine.role.id)),
        "logs" => logging(machine),
        "tracingEnabled" => machine.tracing.then_some(true),
        "encryptionConfiguration" => encryption(machine),
    };
    Object { id: machine.id.clone(), class: "sfn.StateMachine", properties, then: Vec::new() }
}

/// The definition as a file, in which the kit fills in the placeholders.
pub(super) fn definition(machine: &Machine) -> (String, String) {
    (file(machine), format!("{:#}\n", machine.definition))
}

fn file(machine: &Machine) -> String {
    format!("{}.asl.json", machine.name)
}

fn logging(machine: &Machine) -> Option<Tree> {
    let logs = machine.logs.as_ref()?;
    Some(object! {
        "destination" => own(variable(&logs.id)),
        "level" => own(format!("sfn.LogLevel.{}", machine.log_level.name())),
        "includeExecutionData" => machine.log_data,
    })
}

fn encryption(machine: &Machine) -> Option<Text> {
    let encryption = machine.encryption.as_ref()?;
    let id = quoted(&format!("{}Key", machine.id.upper_camel()));
    let arn = typescript(&Tree::Text((&encryption.key).into()));
    let reuse = encryption.reuse.map(|seconds| format!(", Duration.seconds({seconds})")).unwrap_or_default();
    Some(own(format!("new sfn.CustomerManagedEncryptionConfiguration(kms.Key.fromKeyArn(this, {id}, {arn}){reuse})")))
}
