//! Where definitions stand.

use serde_json::{Value, json};
use stepwright_asl::ExecutionType;
use stepwright_deploy::drift::{Comparison, Deployed, NoDefinition};

use crate::{machine, parsed};

fn ours() -> Value {
    let task = |resource: &str| json!({"Type": "Task", "Resource": resource, "End": true});
    machine(json!({"charge": task("arn:aws:lambda:eu-west-1:123456789012:function:charge")}))
}

fn with_resource(resource: &Value) -> Value {
    let mut definition = ours();
    *definition.pointer_mut("/States/charge/Resource").unwrap() = resource.clone();
    definition
}

fn resource(kind: &str, properties: Value) -> Value {
    json!({"Type": kind, "Properties": properties})
}

#[test]
fn the_service_and_templates_hold_definitions() {
    let text = ours().to_string();
    let placeholder = with_resource(&json!("${Charge}")).to_string();
    let sub = with_resource(&json!("arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:charge"));
    let function = with_resource(&json!({"Fn::GetAtt": ["ChargeFunction", "Arn"]}));
    let (start, end) = placeholder.split_once("${Charge}").unwrap();
    let machines = "AWS::StepFunctions::StateMachine";
    let arn = json!({"Fn::GetAtt": ["ChargeFunction", "Arn"]});
    let template = |kind: &str, properties: Value| json!({"Resources": {"M": resource(kind, properties)}});
    for document in [
        ours(),
        json!({"stateMachineArn": "arn:aws:states:eu-west-1:123456789012:stateMachine:orders", "definition": text}),
        template(machines, json!({"Definition": function})),
        template(machines, json!({"DefinitionString": text})),
        template(machines, json!({"DefinitionString": {"Fn::Sub": sub.to_string()}})),
        template(machines, json!({"DefinitionString": {"Fn::Join": ["", [start, arn, end]]}})),
        template(machines, json!({"DefinitionString": placeholder, "DefinitionSubstitutions": {"Charge": arn}})),
        template("AWS::Serverless::StateMachine", json!({"Definition": ours()})),
        json!({"resource": {"aws_sfn_state_machine": {"orders": {"definition": text}}}}),
    ] {
        let deployed = Deployed::find(&document, "orders").unwrap_or_else(|error| panic!("{error}: {document}"));
        let found = Comparison::new("orders").compare(&parsed(&ours()), &deployed);
        assert!(found.is_empty(), "{document}\n{found}");
    }
}

#[test]
fn another_type_is_another_machine() {
    let express = json!({"definition": ours().to_string(), "type": "EXPRESS"});
    let deployed = Deployed::find(&express, "orders").unwrap();
    let found = Comparison::new("orders").compare(&parsed(&ours()), &deployed);
    assert!(!found.is_empty());
    let told = "~ the type: what is deployed is express, so a new machine takes its place\n\
                executions that run keep the definition that they started with\n";
    assert_eq!(found.to_string(), told);
    let same = Comparison { execution_type: ExecutionType::Express, ..Comparison::new("orders") };
    assert!(same.compare(&parsed(&ours()), &deployed).is_empty());
}

#[test]
fn one_of_several_is_taken_by_name() {
    let other = with_resource(&json!("arn:aws:lambda:eu-west-1:123456789012:function:other"));
    let machines = "AWS::StepFunctions::StateMachine";
    let template = json!({"Resources": {
        "First": resource(machines, json!({"Definition": other})),
        "Second": resource(machines, json!({"StateMachineName": "orders", "Definition": ours()})),
        "Role": resource("AWS::IAM::Role", json!({})),
    }});
    let deployed = Deployed::find(&template, "orders").unwrap();
    assert!(Comparison::new("orders").compare(&parsed(&ours()), &deployed).is_empty());
    let names = vec!["First".to_owned(), "orders".to_owned()];
    assert_eq!(Deployed::find(&template, "third").unwrap_err(), NoDefinition::Several(names));
}

#[test]
fn what_holds_none_is_refused() {
    let template =
        |properties: Value| json!({"Resources": {"M": resource("AWS::StepFunctions::StateMachine", properties)}});
    let told = |document: Value| Deployed::find(&document, "orders").unwrap_err().to_string();
    assert_eq!(told(json!({})), "there is no state machine in it");
    let elsewhere = told(template(json!({"DefinitionS3Location": {"Bucket": "b", "Key": "k"}})));
    assert_eq!(elsewhere, r#"the definition is not in it, but {"Bucket":"b","Key":"k"}"#);
    let file = json!({"resource": {"aws_sfn_state_machine": {"m": {"definition": "${file(\"m.json\")}"}}}});
    assert_eq!(told(file), "the definition is not in it, but ${file(\"m.json\")}");
    assert!(told(template(json!({"DefinitionString": "{"}))).starts_with("the definition is no JSON"));
    let misfit = told(json!({"StartAt": "a", "States": {"a": {"Type": "Nap"}}}));
    assert!(misfit.starts_with("the definition is no state machine"), "{misfit}");
}
