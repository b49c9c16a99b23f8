//! Policies of those around a machine.

use serde_json::{Value, json};
use stepwright_deploy::{
    arn::{Arn, Location},
    iam::{
        Policy, answer_policy, deploy_policy, execution_trust, redrive_policy, service_trust, start_policy,
        worker_policy,
    },
};

fn ireland() -> Location {
    Location::new("aws", "eu-west-1", "123456789012")
}

fn states(resource: &str) -> Arn {
    Arn::here("states", resource)
}

/// Actions and resources of each statement.
fn rights(policy: &Policy) -> Vec<(Vec<&str>, Vec<String>)> {
    let right = |statement| {
        let statement: &stepwright_deploy::iam::Statement = statement;
        let actions = statement.actions.iter().map(String::as_str).collect();
        (actions, statement.resources.iter().map(|resource| resource.at(&ireland())).collect())
    };
    policy.statements.iter().map(right).collect()
}

fn own(resource: &str) -> String {
    format!("arn:aws:states:eu-west-1:123456789012:{resource}")
}

const ANSWER: [&str; 3] = ["states:SendTaskSuccess", "states:SendTaskFailure", "states:SendTaskHeartbeat"];

#[test]
fn the_service_acts_as_the_role_for_machines_of_the_account_only() {
    let statement = &execution_trust(&ireland())["Statement"][0];
    assert_eq!(statement["Principal"], json!({"Service": "states.amazonaws.com"}));
    let condition = json!({
        "ArnLike": {"aws:SourceArn": "arn:aws:states:eu-west-1:123456789012:stateMachine:*"},
        "StringEquals": {"aws:SourceAccount": "123456789012"},
    });
    assert_eq!(statement["Condition"], condition);
    let rule = &service_trust("events.amazonaws.com", &Location::pseudo_parameters())["Statement"][0];
    assert_eq!(rule["Condition"]["StringEquals"]["aws:SourceAccount"], "${AWS::AccountId}");
}

#[test]
fn workers_get_and_answer_tasks_of_their_activities() {
    let policy = worker_policy(&[states("activity:approve")], &[]);
    let activity = own("activity:approve");
    let expected = [(ANSWER.to_vec(), vec![activity.clone()]), (vec!["states:GetActivityTask"], vec![activity])];
    assert_eq!(rights(&policy), expected);
}

#[test]
fn who_answers_tokens_needs_the_machine_and_its_key() {
    let key: Arn = "arn:aws:kms:eu-west-1:123456789012:key/k".parse().unwrap();
    let policy = answer_policy(&[states("stateMachine:orders")], std::slice::from_ref(&key));
    let keys = (vec!["kms:Decrypt", "kms:GenerateDataKey"], vec![key.to_string()]);
    assert_eq!(rights(&policy), [(ANSWER.to_vec(), vec![own("stateMachine:orders")]), keys]);
}

#[test]
fn triggers_start_and_operators_redrive() {
    let start = |sync| start_policy(&states("stateMachine:orders:live"), sync, &[]);
    let machine = vec![own("stateMachine:orders:live")];
    assert_eq!(rights(&start(false)), [(vec!["states:StartExecution"], machine.clone())]);
    assert_eq!(rights(&start(true)), [(vec!["states:StartSyncExecution"], machine)]);
    let redrive = vec!["states:RedriveExecution", "states:DescribeExecution"];
    assert_eq!(rights(&redrive_policy("orders")), [(redrive, vec![own("execution:orders:*")])]);
}

#[test]
fn deployers_pass_the_role_to_step_functions_only() {
    let policy = deploy_policy("orders", &Arn::global("iam", "role/orders"));
    let [deploy, pass, validate] = &policy.statements[..] else { panic!("three statements") };
    let machine: Vec<_> = deploy.resources.iter().map(|resource| resource.at(&ireland())).collect();
    assert_eq!(machine, [own("stateMachine:orders"), own("stateMachine:orders:*")]);
    assert_eq!(validate.actions, ["states:ValidateStateMachineDefinition"]);
    let document = policy.document(&ireland());
    let passed = document["Statement"].as_array().unwrap().iter().find(|one| one["Sid"] == "PassRole").unwrap();
    let expected: Value = json!({"StringEquals": {"iam:PassedToService": ["states.amazonaws.com"]}});
    assert_eq!(passed["Condition"], expected);
    assert_eq!(pass.resources.len(), 1);
}
