//! Who a Map Run and its child executions are.

use crate::context_object::Identity;
use crate::random::Random;

/// A Map Run: the child executions of one attempt at a distributed Map state.
#[derive(Debug)]
pub(super) struct MapRun {
    pub(super) id: String,
    pub(super) arn: String,
    /// The machine that the child executions are of.
    pub(super) state_machine_arn: String,
    label: String,
    role_arn: String,
    is_express: bool,
}

impl MapRun {
    /// Another Map Run, whose child executions are express ones or not.
    pub(super) fn new(parent: &Identity, label: Option<&str>, is_express: bool, random: &Random) -> MapRun {
        let label = label.map_or_else(|| random.uuid().to_string(), str::to_owned);
        let (id, machine) = (random.uuid().to_string(), &parent.state_machine_id);
        MapRun {
            arn: format!("{}/{label}:{id}", machine.replacen(":stateMachine:", ":mapRun:", 1)),
            state_machine_arn: format!("{machine}/{label}"),
            role_arn: parent.role_arn.clone(),
            label,
            id,
            is_express,
        }
    }

    /// The identity of another child execution.
    pub(super) fn child(&self, parent: &Identity, random: &Random) -> Identity {
        let (name, machine) = (random.uuid().to_string(), &self.state_machine_arn);
        let identity = Identity {
            execution_id: format!("{}:{name}", machine.replacen(":stateMachine:", ":execution:", 1)),
            execution_name: name,
            role_arn: self.role_arn.clone(),
            state_machine_id: machine.clone(),
            state_machine_name: format!("{}/{}", parent.state_machine_name, self.label),
        };
        if self.is_express { identity.express(&random.uuid().to_string()) } else { identity }
    }
}
