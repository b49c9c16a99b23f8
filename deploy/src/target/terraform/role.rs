//! Roles and log groups.

use super::block::{Block, address, expression};
use crate::{
    id::Id,
    plan::{LogGroup, Plan, Role},
    text::Text,
    tree::{Tree, object},
};

/// The local values with the documents of roles.
const TRUST: &str = "trust";
const RIGHTS: &str = "rights";

/// Who may take each role, and what it may do.
pub(super) fn documents(plan: &Plan) -> [(&'static str, Tree); 2] {
    let trust = plan.roles().map(|role| (role.id.snake(), role.trust()));
    let rights = plan.roles().filter_map(|role| Some((role.id.snake(), role.policy.clone()?)));
    [(TRUST, Tree::of_pairs(trust)), (RIGHTS, Tree::of_pairs(rights))]
}

pub(super) fn role(role: &Role) -> Vec<Block> {
    let named = expression(format!("{}.id", address(&role.id)));
    let body = object! {
        "name" => &role.name,
        "assume_role_policy" => encoded(TRUST, &role.id),
        "tags" => tags(),
    };
    let mut blocks = vec![Block::new(&role.id, body)];
    blocks.extend(role.policy.iter().map(|_| Block {
        kind: "aws_iam_role_policy",
        name: role.id.snake(),
        body: object! { "name" => "rights", "role" => named.clone(), "policy" => encoded(RIGHTS, &role.id) },
    }));
    blocks.extend((1..).zip(&role.managed).map(|(number, policy)| Block {
        kind: "aws_iam_role_policy_attachment",
        name: format!("{}_{number}", role.id.snake()),
        body: object! { "role" => named.clone(), "policy_arn" => policy.clone() },
    }));
    blocks
}

/// What has to be there before a role is used.
pub(super) fn rights(role: &Role) -> Option<Tree> {
    role.policy.as_ref().map(|_| Tree::list([format!("aws_iam_role_policy.{}", role.id.snake())]))
}

pub(super) fn log_group(logs: &LogGroup) -> Block {
    let body = object! { "name" => &logs.name, "retention_in_days" => logs.retention, "tags" => tags() };
    Block::new(&logs.id, body)
}

/// The ARN of a log group with what is in it.
pub(super) fn log_destination(logs: &Id) -> Text {
    Text::arn_of(logs).then(":*")
}

/// Tags of the stack.
pub(super) fn tags() -> Text {
    expression("local.tags")
}

/// A document as the text of its JSON.
fn encoded(documents: &str, role: &Id) -> Text {
    expression(format!("jsonencode(local.{documents}.{})", role.snake()))
}
