//! The rights for actions of the AWS SDK.
//!
//! Which resources an action uses is read from arguments that are known to name some. Where there is none, the author lists
//! the resources themselves, as the argument [`RESOURCES`].

mod action;
mod prefix;
mod resource;
mod storage;
#[cfg(test)]
mod tests;

use super::{
    Problem, Text,
    name::{Form, Home},
    needs::{Absent, Call, Named, Needs},
    rights::condition,
};
use crate::arn::Arn;

/// What the author calls the resources of an action, where no argument tells them: ARNs, or `*` if IAM knows no resources for
/// the action.
const RESOURCES: &str = "Resources";

/// Adds the rights that a call of an SDK's action needs.
pub(super) fn rights(needs: &mut Needs, call: &Call, service: &str, api: &str) {
    let prefix = action::prefix(service);
    pass_roles(needs, call, prefix, api);
    if prefix == "s3" && needs.author(call, RESOURCES).is_none() {
        return storage::rights(needs, call, api);
    }
    storage::read_by_others(needs, call);
    let actions = action::actions(prefix, api);
    let resources = resources(needs, call, prefix, api);
    let actions: Vec<_> = actions.iter().map(String::as_str).collect();
    needs.add(call, &sid(&actions), &actions, resources);
}

/// What rights are called that begin with an action: `CognitoIdpAdminGetUser` for `cognito-idp:AdminGetUser`.
fn sid(actions: &[&str]) -> String {
    actions.iter().take(1).flat_map(|action| action.split(['-', ':'])).map(action::capitalized).collect()
}

fn resources(needs: &mut Needs, call: &Call, prefix: &str, api: &str) -> Vec<Text> {
    let at = call.arguments.pointer.clone();
    if let Some(said) = needs.author(call, RESOURCES) {
        return said.iter().filter_map(|text| stated(needs, call, text)).collect();
    }
    if resource::has_none(prefix, api) {
        return vec![Text::any()];
    }
    let before = needs.unknown.len();
    let mut resources = resource::resources(needs, call, prefix, api);
    if resources.is_empty() {
        for argument in call.arguments.named(|name| name.ends_with("Arn") && !names_role(name)) {
            let named = needs.texts(call, &argument, Absent::None);
            resources.extend(named.iter().filter_map(|(text, _)| Some(Text::Arn(of_service(text, prefix)?))));
        }
    }
    if resources.is_empty() && needs.unknown.len() == before {
        needs.tell(call, &at, Problem::Absent { argument: RESOURCES.to_owned() });
    }
    resources
}

/// A resource as the author states it.
fn stated(needs: &mut Needs, call: &Call, text: &str) -> Option<Text> {
    match (text, text.parse::<Arn>()) {
        ("*", _) => Some(Text::any()),
        (_, Ok(arn)) => Some(Text::Arn(arn)),
        (_, Err(_)) => {
            let (argument, expected) = (RESOURCES.to_owned(), "an ARN or `*`".to_owned());
            let at = call.arguments.pointer.clone();
            needs.tell(call, &at, Problem::Misfit { argument, text: text.to_owned(), expected });
            None
        }
    }
}

/// The ARN, if it is of this service: calls also mention resources of others.
fn of_service(text: &str, prefix: &str) -> Option<Arn> {
    text.parse::<Arn>().ok().filter(|arn| arn.service == prefix)
}

/// Roles in the arguments are passed to the service, but for those that the caller takes on itself.
fn pass_roles(needs: &mut Needs, call: &Call, prefix: &str, api: &str) {
    if matches!(prefix, "sts" | "iam") {
        return;
    }
    let form = Form::Named { home: Home::Account, service: "iam", prefix: "role/", resource: "role/{}" };
    for argument in call.arguments.named(names_role) {
        let roles = needs.texts(call, &argument, Absent::None);
        let arns = roles.iter().filter_map(|(text, _)| form.arns(text).ok()).flatten().map(Text::Arn).collect();
        let service = Text::Literal(format!("{}.amazonaws.com", resource::principal(prefix, api)));
        let only = condition("StringEquals", "iam:PassedToService", [service]);
        needs.add_if(call, "PassRole", &["iam:PassRole"], arns, only);
    }
}

fn names_role(argument: &str) -> bool {
    argument.ends_with("RoleArn")
}
