//! Policies of those around a machine: who may act as its role, who answers its tasks, who starts and who deploys it.

use serde_json::{Value, json};

use super::{
    Condition, Policy, Source, Text,
    rights::{Rights, condition},
};
use crate::arn::{Arn, Location};

/// The trust policy of an execution role: Step Functions may act as it, for machines of the same account and region only.
///
/// The condition keeps others from making the service use the role for them.
#[must_use]
pub fn execution_trust(location: &Location) -> Value {
    json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": {"Service": "states.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {
                "ArnLike": {"aws:SourceArn": Arn::here("states", "stateMachine:*").at(location)},
                "StringEquals": {"aws:SourceAccount": location.account},
            },
        }],
    })
}

/// The trust policy of a role that a service acts as, such as `lambda.amazonaws.com`, `events.amazonaws.com` or
/// `scheduler.amazonaws.com`, for resources of the same account only.
#[must_use]
pub fn service_trust(service: &str, location: &Location) -> Value {
    json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": {"Service": service},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:SourceAccount": location.account}},
        }],
    })
}

/// What the workers of activities need: to get tasks, and to answer them. `keys` encrypt the activities.
#[must_use]
pub fn worker_policy(activities: &[Arn], keys: &[Arn]) -> Policy {
    let mut rights = rights_of("worker");
    rights.add("GetTasks", &["states:GetActivityTask"], activities);
    rights.add("AnswerTasks", &ANSWER, activities);
    rights.add("EncryptionKeys", &["kms:Decrypt", "kms:GenerateDataKey"], keys);
    rights.policy()
}

/// What those need who answer task tokens of machines, such as functions that get a token as their input. `keys` encrypt the
/// machines.
///
/// Tokens are checked against the account: who answers from another account needs a role in that of the machine.
#[must_use]
pub fn answer_policy(machines: &[Arn], keys: &[Arn]) -> Policy {
    let mut rights = rights_of("answers");
    rights.add("AnswerTasks", &ANSWER, machines);
    rights.add("EncryptionKeys", &["kms:Decrypt", "kms:GenerateDataKey"], keys);
    rights.policy()
}

/// What those need who start executions, such as rules and schedules; `sync` is for express machines whose result is waited for.
#[must_use]
pub fn start_policy(machine: &Arn, sync: bool, keys: &[Arn]) -> Policy {
    let mut rights = rights_of("trigger");
    let action = if sync { "states:StartSyncExecution" } else { "states:StartExecution" };
    rights.add("StartExecution", &[action], std::slice::from_ref(machine));
    rights.add("EncryptionKeys", &["kms:Decrypt", "kms:GenerateDataKey"], keys);
    rights.policy()
}

/// What those need who redrive failed executions of a machine in the deployment's account.
#[must_use]
pub fn redrive_policy(machine: &str) -> Policy {
    let mut rights = rights_of("redrive");
    let executions = Arn::here("states", format!("execution:{machine}:*"));
    rights.add("RedriveExecution", &["states:RedriveExecution", "states:DescribeExecution"], &[executions]);
    rights.policy()
}

/// What those need who deploy a machine: to manage it with its versions and aliases, and to pass its role to Step Functions.
#[must_use]
pub fn deploy_policy(machine: &str, role: &Arn) -> Policy {
    let own = Arn::here("states", format!("stateMachine:{machine}"));
    let versions = Arn::here("states", format!("stateMachine:{machine}:*"));
    let mut rights = rights_of("deployment");
    rights.add("Deploy", &MANAGE, &[own, versions]);
    // A definition that is only validated belongs to no machine.
    rights.rights.add(
        "Validate",
        &["states:ValidateStateMachineDefinition"],
        [Text::any()],
        Condition::new(),
        &rights.by,
    );
    let only = condition("StringEquals", "iam:PassedToService", [Text::Literal("states.amazonaws.com".to_owned())]);
    rights.rights.add("PassRole", &["iam:PassRole"], [role.clone().into()], only, &rights.by);
    rights.policy()
}

const ANSWER: [&str; 3] = ["states:SendTaskSuccess", "states:SendTaskFailure", "states:SendTaskHeartbeat"];

const MANAGE: [&str; 15] = [
    "states:CreateStateMachine",
    "states:UpdateStateMachine",
    "states:DeleteStateMachine",
    "states:DescribeStateMachine",
    "states:TagResource",
    "states:UntagResource",
    "states:ListTagsForResource",
    "states:PublishStateMachineVersion",
    "states:DeleteStateMachineVersion",
    "states:ListStateMachineVersions",
    "states:CreateStateMachineAlias",
    "states:UpdateStateMachineAlias",
    "states:DeleteStateMachineAlias",
    "states:DescribeStateMachineAlias",
    "states:ListStateMachineAliases",
];

/// Rights that all come from one thing.
struct RightsOf {
    rights: Rights,
    by: Source,
}

fn rights_of(setting: &'static str) -> RightsOf {
    RightsOf { rights: Rights::default(), by: Source::Setting(setting) }
}

impl RightsOf {
    fn add(&mut self, sid: &str, actions: &[&str], resources: &[Arn]) {
        let resources = resources.iter().cloned().map(Text::Arn);
        self.rights.add(sid, actions, resources, Condition::new(), &self.by);
    }

    fn policy(self) -> Policy {
        self.rights.into_policy(&[])
    }
}
