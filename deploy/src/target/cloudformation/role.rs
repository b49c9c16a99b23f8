//! Roles and log groups.

use super::resource::{Resource, tags};
use crate::{
    plan::{LogGroup, Plan, Role},
    tree::object,
};

pub(super) fn role(role: &Role, plan: &Plan) -> Resource {
    let policy =
        role.policy.as_ref().map(|policy| [object! { "PolicyName" => "rights", "PolicyDocument" => policy.clone() }]);
    let properties = object! {
        "AssumeRolePolicyDocument" => role.trust(),
        "Policies" => policy,
        "ManagedPolicyArns" => (!role.managed.is_empty()).then(|| role.managed.clone()),
        "Tags" => tags(&plan.tags),
    };
    Resource::new(&role.id, "AWS::IAM::Role", properties)
}

pub(super) fn log_group(logs: &LogGroup, plan: &Plan) -> Resource {
    let properties = object! {
        "LogGroupName" => &logs.name,
        "RetentionInDays" => logs.retention,
        "Tags" => tags(&plan.tags),
    };
    Resource::new(&logs.id, "AWS::Logs::LogGroup", properties)
}
