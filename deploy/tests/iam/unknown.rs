//! What is said where neither a definition nor its author tells which resources are used.

use serde_json::{Value, json};
use stepwright_asl::StateMachine;
use stepwright_deploy::iam::{Machine, Options, Policy, Unknown, execution_policy};

fn policy(task: Value, options: &Options) -> Result<Policy, Vec<Unknown>> {
    let mut task = task;
    let fields = task.as_object_mut().unwrap();
    fields.insert("Type".to_owned(), json!("Task"));
    fields.insert("End".to_owned(), json!(true));
    let definition = json!({"QueryLanguage": "JSONata", "StartAt": "Do", "States": {"Do": task}});
    let definition: StateMachine = definition.to_string().parse().unwrap();
    execution_policy(&Machine::new("m", &definition, options))
}

fn call(resource: &str, arguments: &Value) -> Value {
    json!({"Resource": format!("arn:aws:states:::{resource}"), "Arguments": arguments})
}

#[test]
fn messages_name_the_state_the_field_and_the_way_out() {
    let cases = [
        call("dynamodb:putItem", &json!({"TableName": "{% $states.input.table %}", "Item": {}})),
        call("sqs:sendMessage", &json!({"QueueUrl": "orders", "MessageBody": ""})),
        call("sqs:sendMessage", &json!("{% $states.input %}")),
        call("lambda:invoke", &json!({"FunctionName": "${Charge}"})),
        call("ecs:runTask", &json!({"TaskDefinition": "report"})),
        call("aws-sdk:fis:startExperiment", &json!({"ExperimentTemplateId": "x"})),
        call("aws-sdk:kms:encrypt", &json!({"KeyId": "alias/orders"})),
        call("dynamodb:query", &json!({})),
        json!({"Resource": "${Charge}"}),
        json!({"Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f", "Credentials": {}}),
        call("events:putEvents", &json!({"Entries": [{"EventBusName": 7}]})),
        call("aws-sdk:s3:listObjectsV2", &json!("{% $states.input %}")),
        call("aws-sdk:s3:getObject", &json!("{% $states.input %}")),
        call("aws-sdk:s3:putObject", &json!({"Bucket": "b"})),
    ];
    let told = cases.map(|task| {
        let unknown = policy(task.clone(), &Options::default()).unwrap_err();
        let lines: Vec<_> = unknown.iter().map(Unknown::to_string).collect();
        format!("{task}\n{}\n", lines.join("\n"))
    });
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn what_the_author_says_of_a_state_comes_before_what_is_said_of_the_integration() {
    let options: Options = serde_json::from_value(json!({"arguments": {
        "dynamodb:putItem": {"TableName": ["wide-*"]},
        "Do": {"TableName": ["narrow"]},
    }}))
    .unwrap();
    let put = call("dynamodb:putItem", &json!({"TableName": "{% $states.input.table %}", "Item": {}}));
    let policy = policy(put, &options).unwrap();
    let resources: Vec<_> = policy.statements.iter().flat_map(|statement| &statement.resources).collect();
    assert_eq!(resources.len(), 1);
    assert!(format!("{resources:?}").contains("table/narrow"), "{resources:?}");
}

#[test]
fn what_the_author_says_with_a_placeholder_needs_its_value() {
    let options: Options = serde_json::from_value(json!({"arguments": {"Do": {"TableName": ["${Tabel}"]}}})).unwrap();
    let put = call("dynamodb:putItem", &json!({"TableName": "{% $states.input.table %}", "Item": {}}));
    let unknown = policy(put, &options).unwrap_err();
    assert!(unknown[0].to_string().contains("refers to `${Tabel}`, which stands for nothing"), "{}", unknown[0]);
}

#[test]
fn literal_arguments_need_no_word_of_the_author() {
    let options: Options = serde_json::from_value(json!({"arguments": {"Do": {"TableName": ["other"]}}})).unwrap();
    let put = call("dynamodb:putItem", &json!({"TableName": "orders", "Item": {}}));
    let policy = policy(put, &options).unwrap();
    assert!(format!("{policy:?}").contains("table/orders") && !format!("{policy:?}").contains("table/other"));
}
