//! State machines.

use super::{Manifest, Place, from, tags};
use crate::{
    plan::{Machine, filled},
    tree::{Tree, object},
};

pub(super) fn machine(machine: &Machine, place: &Place) -> Manifest {
    let substitutions = machine.substitutions.iter().map(|(name, text)| (name.clone(), place.text(text))).collect();
    let spec = object! {
        "name" => &machine.name,
        // The controller's own name of it.
        "type_" => machine.type_name(),
        "roleRef" => from(&machine.role.id.kebab()),
        "loggingConfiguration" => logging(machine),
        "tracingConfiguration" => machine.tracing.then(|| object! { "enabled" => true }),
        "tags" => tags(place.plan),
        "definition" => format!("{:#}\n", filled(&machine.definition, &substitutions)),
    };
    Manifest { group: "sfn", kind: "StateMachine", name: machine.id.kebab(), spec }
}

fn logging(machine: &Machine) -> Option<Tree> {
    let logs = machine.logs.as_ref()?;
    let destination = object! { "cloudWatchLogsLogGroup" => object! { "logGroupARN" => logs.arn() } };
    Some(object! {
        "level" => machine.log_level.name(),
        "includeExecutionData" => machine.log_data,
        "destinations" => [destination],
    })
}
