//! Expressions that have the same value in all executions.

use stepwright_asl::jsonata::{BinaryOperator, Kind, parse};

use crate::arn::Arn;

/// The ARN of the machine that is executed without its name, which together with another name gives the ARN of a machine
/// beside it. This is how compiled workflows call each other.
const SIBLINGS: &str = "$join($split($states.context.StateMachine.Id, ':')[[0..5]], ':')";

/// The value of a JSONata expression that is made of literal texts and the machine's own ARN, put together by `&`.
pub(crate) fn jsonata(body: &str, machine: &str) -> Option<String> {
    let body = body.trim();
    match body {
        SIBLINGS => return Some(Arn::here("states", "stateMachine").to_string()),
        "$states.context.StateMachine.Id" => return Some(own(machine)),
        "$states.context.StateMachine.Name" => return Some(machine.to_owned()),
        _ => {}
    }
    let tree = parse(body).ok()?;
    let root = tree.node(tree.root())?;
    match &root.kind {
        Kind::Text(text) => Some(text.clone()),
        Kind::Binary(BinaryOperator::Other, ..) => {
            let (left, right) = (body.get(..root.at)?, body.get(root.at..)?.strip_prefix('&')?);
            Some(jsonata(left, machine)? + &jsonata(right, machine)?)
        }
        _ => None,
    }
}

/// The value of a path of the context object that names the machine itself.
pub(crate) fn jsonpath(path: &str, machine: &str) -> Option<String> {
    match path {
        "$$.StateMachine.Id" => Some(own(machine)),
        "$$.StateMachine.Name" => Some(machine.to_owned()),
        _ => None,
    }
}

fn own(machine: &str) -> String {
    Arn::here("states", format!("stateMachine:{machine}")).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_told_from_what_depends_on_the_execution() {
        let sibling = format!("{SIBLINGS} & ':ship'");
        let beside = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:ship";
        for (body, value) in [
            ("'orders'", Some("orders")),
            ("'orders' & \"-\" & 'eu'", Some("orders-eu")),
            ("'a&b'", Some("a&b")),
            ("$states.context.StateMachine.Name & '-dlq'", Some("m-dlq")),
            (sibling.as_str(), Some(beside)),
            ("'orders' & $states.input.region", None),
            ("'a' = 'b'", None),
            ("$table", None),
            ("table", None),
            ("'open", None),
        ] {
            assert_eq!(jsonata(body, "m").as_deref(), value, "{body}");
        }
    }
}
