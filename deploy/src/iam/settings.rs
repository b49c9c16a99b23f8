//! Rights that come from how a machine is deployed.

use super::{Condition, Source, Text, needs::Needs, rights::condition};
use crate::arn::Arn;

const CREATE_LOGS: [&str; 8] = [
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
];

const TRACE: [&str; 4] =
    ["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets"];

/// Adds what logging, tracing and encryption need.
pub(super) fn settings(needs: &mut Needs) {
    let machine = needs.machine;
    let mut add = |setting, sid: &str, actions: &[&str], resource: Text, only: Condition| {
        needs.rights.add(sid, actions, [resource], only, &Source::Setting(setting));
    };
    // Neither log deliveries nor traces are resources of IAM.
    if machine.logging {
        add("logging", "Logs", &CREATE_LOGS, Text::any(), Condition::new());
    }
    if machine.tracing {
        add("tracing", "Tracing", &TRACE, Text::any(), Condition::new());
    }
    let Some(key) = machine.encryption_key else { return };
    let own = Arn::here("states", format!("stateMachine:{}", machine.name));
    let only = condition("StringEquals", "kms:EncryptionContext:aws:states:stateMachineArn", [own.into()]);
    add("encryption", "EncryptionKey", &["kms:Decrypt", "kms:GenerateDataKey"], key.clone().into(), only);
    if machine.logging {
        let only = condition("StringLike", "kms:EncryptionContext:SourceArn", [Arn::here("logs", "*").into()]);
        add("encryption", "LogsKey", &["kms:GenerateDataKey"], key.clone().into(), only);
    }
}
