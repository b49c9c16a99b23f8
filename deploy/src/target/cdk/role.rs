//! Roles and log groups.

use super::{
    Object, own,
    typescript::{quoted, typescript},
};
use crate::{
    plan::{LogGroup, Role},
    tree::{Tree, object},
};

pub(super) fn role(role: &Role) -> Object {
    let service = quoted(&role.principal());
    let trust = role.trust();
    let condition = match trust.get("Statement") {
        Some(Tree::List(statements)) => statements.first().and_then(|statement| statement.get("Condition")),
        _ => None,
    };
    let principal = match condition {
        Some(condition) => {
            format!(
                "new iam.ServicePrincipal({service}, {})",
                typescript(&object! { "conditions" => condition.clone() })
            )
        }
        None => format!("new iam.ServicePrincipal({service})"),
    };
    let managed = (1..).zip(&role.managed).map(|(number, policy)| {
        let id = quoted(&format!("{}Policy{number}", role.id.upper_camel()));
        own(format!("iam.ManagedPolicy.fromManagedPolicyArn(this, {id}, {})", typescript(&Tree::Text(policy.clone()))))
    });
    let policy = role.policy.as_ref().map(|policy| {
        object! { "rights" => own(format!("iam.PolicyDocument.fromJson({})", typescript(policy))) }
    });
    let properties = object! {
        "assumedBy" => own(principal),
        "inlinePolicies" => policy,
        "managedPolicies" => (!role.managed.is_empty()).then(|| Tree::list(managed)),
    };
    Object { id: role.id.clone(), class: "iam.Role", properties, then: Vec::new() }
}

pub(super) fn log_group(logs: &LogGroup) -> Object {
    let properties = object! {
        "logGroupName" => &logs.name,
        "retention" => logs.retention,
        "removalPolicy" => own("RemovalPolicy.DESTROY"),
    };
    Object { id: logs.id.clone(), class: "logs.LogGroup", properties, then: Vec::new() }
}
