//! What a difference means for executions that run.
//!
//! An execution keeps the definition and the role that it started with. What changes under it is what it calls: functions behind
//! names without a version, workers of activities, other machines.

use serde_json::Value;
use stepwright_asl::StateMachine;

use super::{Drift, Fate, equal::Equality};

/// What executions that run, and are deployed as before, meet with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// They may still call something that the machine calls no more: it has to stay until they end.
    StillCalled {
        /// The function, the activity or the machine.
        callee: String,
        /// The deployed states that call it.
        states: Vec<String>,
    },
    /// They call something with the arguments from before, that is called with other arguments from now on: it has to take both.
    CalledBothWays {
        /// The function, the activity or the machine.
        callee: String,
        /// The state that calls it, by its new name.
        state: String,
    },
}

/// What a Task state calls that may be deployed with it: a function, an activity, or another machine.
pub(super) fn callee(state: &Value) -> Option<String> {
    let resource = state.get("Resource")?.as_str()?;
    let payload = state.get("Arguments").or(state.get("Parameters"));
    let argument = |name| Some(payload?.get(name)?.as_str()?.to_owned());
    match resource.split(':').skip(5).take(2).collect::<Vec<_>>()[..] {
        ["lambda", ..] => argument("FunctionName"),
        ["states", ..] => argument("StateMachineArn"),
        ["function" | "activity", ..] => Some(resource.to_owned()),
        _ if resource.starts_with("${") => Some(resource.to_owned()),
        _ => None,
    }
}

/// The effects of a difference.
pub(super) fn effects(equality: &Equality, ours: &StateMachine, deployed: &StateMachine, drift: &Drift) -> Vec<Effect> {
    let called = |machine: &StateMachine| -> Vec<(String, String)> {
        let states = machine.all_states();
        states.filter_map(|placed| Some((callee(&placed.state.to_value())?, placed.name.to_owned()))).collect()
    };
    let now = called(ours);
    let mut effects: Vec<Effect> = Vec::new();
    for (callee, state) in called(deployed) {
        if now.iter().any(|(other, _)| equality.clone().same(&other.as_str().into(), &callee.as_str().into())) {
            continue;
        }
        let known = effects.iter_mut().find_map(|effect| match effect {
            Effect::StillCalled { callee: other, states } if *other == callee => Some(states),
            _ => None,
        });
        match known {
            Some(states) => states.push(state),
            None => effects.push(Effect::StillCalled { callee, states: vec![state] }),
        }
    }
    for state in drift.states.iter().filter(|state| matches!(state.fate, Fate::Changed | Fate::Renamed { .. })) {
        let payload = ["Arguments", "Parameters", "InputPath"].map(|field| format!("{}/{field}", state.pointer));
        let differs = |pointer: &str| payload.iter().any(|field| pointer.starts_with(field.as_str()));
        let names_other = |pointer: &str| pointer.ends_with("/FunctionName") || pointer.ends_with("/StateMachineArn");
        let changes = || state.changes.iter().map(|change| change.pointer.as_str());
        if changes().any(differs) && !changes().any(names_other) {
            let callee = now.iter().find(|(_, name)| *name == state.name);
            effects.extend(
                callee.map(|(callee, _)| Effect::CalledBothWays { callee: callee.clone(), state: state.name.clone() }),
            );
        }
    }
    effects
}
