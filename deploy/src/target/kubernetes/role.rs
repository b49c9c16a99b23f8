//! Roles and log groups.

use super::{Manifest, Place, tag_map, tags};
use crate::{
    plan::{LogGroup, Plan, Role},
    tree::{Tree, object},
};

pub(super) fn role(role: &Role, place: &Place) -> Manifest {
    let text = |policy: &Tree| format!("{:#}\n", place.json(policy));
    let spec = object! {
        "name" => &role.name,
        "assumeRolePolicyDocument" => text(&role.trust()),
        "inlinePolicies" => role.policy.as_ref().map(|policy| object! { "rights" => text(policy) }),
        "policies" => (!role.managed.is_empty()).then(|| role.managed.clone()),
        "tags" => tags(place.plan),
    };
    Manifest { group: "iam", kind: "Role", name: role.id.kebab(), spec }
}

pub(super) fn log_group(logs: &LogGroup, plan: &Plan) -> Manifest {
    let spec = object! { "name" => &logs.name, "retentionDays" => logs.retention, "tags" => tag_map(plan) };
    Manifest { group: "cloudwatchlogs", kind: "LogGroup", name: logs.id.kebab(), spec }
}
