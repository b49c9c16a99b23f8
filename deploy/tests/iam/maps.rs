//! What other tools got wrong about distributed maps; the numbers are those of reports to the AWS CDK.

use stepwright_deploy::iam::{Policy, Statement, Text};

use crate::goldens::stored;

const STATES: &str = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}";

fn statement<'a>(policy: &'a Policy, action: &str) -> &'a Statement {
    let mut with = policy.statements.iter().filter(|statement| statement.actions.iter().any(|one| one == action));
    let found = with.next().unwrap_or_else(|| panic!("no {action}"));
    assert!(with.next().is_none(), "{action} twice");
    found
}

fn resources(statement: &Statement) -> Vec<String> {
    let text = |resource: &Text| match resource {
        Text::Arn(arn) => arn.to_string(),
        other => panic!("{other:?}"),
    };
    statement.resources.iter().map(text).collect()
}

/// All that a machine needs for a map whose label is `label`.
fn has_rights_of_map(machine: &str, label: &str) {
    let policy = stored(machine);
    let own = |resource: &str| format!("{STATES}:{resource}");
    let start = statement(&policy, "states:StartExecution");
    assert_eq!(resources(start), [own(&format!("stateMachine:{machine}"))]);
    let (children, executions) =
        (own(&format!("execution:{machine}/{label}:*")), own(&format!("execution:{machine}:*")));
    let watch = statement(&policy, "states:DescribeExecution");
    assert_eq!(watch.actions, ["states:DescribeExecution", "states:StopExecution"]);
    assert_eq!(resources(watch), [children.clone(), executions]);
    assert_eq!(resources(statement(&policy, "states:RedriveExecution")), [children]);
}

/// #35390: rights on executions were given for the machine, and none to redrive.
#[test]
fn executions_are_named_as_executions() {
    has_rights_of_map("distributed_by_mode", "*");
    has_rights_of_map("distributed_in_parallel", "rows");
}

/// #29266: a map in a Parallel state got no rights.
#[test]
fn maps_count_at_any_depth() {
    has_rights_of_map("distributed_in_parallel", "rows");
    let policy = stored("distributed");
    let redrive = resources(statement(&policy, "states:RedriveExecution"));
    assert_eq!(redrive.len(), 2, "the inner map, too: {redrive:?}");
}

/// #28820: a map that is distributed by its processor's mode got no rights, and giving them by hand was circular. The name of the
/// machine is text, so the policy refers to no resource of a template.
#[test]
fn the_mode_of_the_processor_decides() {
    has_rights_of_map("distributed_by_mode", "*");
}

/// #32144: the keys of encrypted buckets were left out.
#[test]
fn keys_of_buckets_count() {
    let policy = stored("encrypted_buckets");
    let key = |digit: char| {
        let digits = |times| digit.to_string().repeat(times);
        let (eight, four, twelve) = (digits(8), digits(4), digits(12));
        format!("arn:aws:kms:us-east-1:123456789012:key/{eight}-{four}-{four}-{four}-{twelve}")
    };
    let only = |actions: &[&str]| {
        let found = policy.statements.iter().find(|statement| statement.actions == actions);
        resources(found.unwrap_or_else(|| panic!("{actions:?}")))
    };
    assert_eq!(only(&["kms:Decrypt"]), [key('1')], "to read");
    assert_eq!(only(&["kms:GenerateDataKey", "kms:Decrypt"]), [key('2')], "to write");
}
