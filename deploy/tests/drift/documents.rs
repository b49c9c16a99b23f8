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
        template(machines, json!({"DefinitionString": {"Fn::Sub": [placeholder, {"Charge": arn}]}})),
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

/// `${!NAME}` is for whoever reads the text that `Fn::Sub` makes.
#[test]
fn what_sub_leaves_alone_has_no_value() {
    let text = with_resource(&json!("${!Charge}")).to_string();
    let sub = json!({"Fn::Sub": [text, {"Charge": "arn:aws:lambda:eu-west-1:123456789012:function:refund"}]});
    let template = |substitutions: Value| {
        let properties = json!({"DefinitionString": sub, "DefinitionSubstitutions": substitutions});
        json!({"Resources": {"M": resource("AWS::StepFunctions::StateMachine", properties)}})
    };
    let differs = |document: Value| {
        let deployed = Deployed::find(&document, "orders").unwrap();
        !Comparison::new("orders").compare(&parsed(&ours()), &deployed).is_empty()
    };
    assert!(!differs(template(json!({}))));
    assert!(differs(template(json!({"Charge": "arn:aws:lambda:eu-west-1:123456789012:function:refund"}))));
}

#[test]
fn templates_refer_to_files() {
    let mut written = with_resource(&json!("${charge_function}"));
    written["Comment"] = json!("$${not} %%{a template}");
    let mut ours = ours();
    ours["Comment"] = json!("${not} %{a template}");
    let terraform =
        |definition: &str| json!({"resource": {"aws_sfn_state_machine": {"m": {"definition": definition}}}});
    let sam =
        json!({"Resources": {"M": resource("AWS::Serverless::StateMachine", json!({"DefinitionUri": "asl/m.json"}))}});
    for (document, path) in [
        (terraform("${templatefile(\"${path.module}/m.asl.json\", {charge_function = x})}"), "m.asl.json"),
        (terraform("${file(\"asl/m.json\")}"), "asl/m.json"),
        (sam, "asl/m.json"),
    ] {
        let is_template = path == "m.asl.json";
        let read = |file: &str| (file == path).then(|| if is_template { &written } else { &ours }.to_string());
        let deployed = Deployed::find_with_files(&document, "m", read).unwrap();
        let compared = Comparison { comments: true, ..Comparison::new("m") }.compare(&parsed(&ours), &deployed);
        assert!(compared.is_empty(), "{document}\n{compared}");
    }
}

#[test]
fn what_holds_none_is_refused() {
    let template =
        |properties: Value| json!({"Resources": {"M": resource("AWS::StepFunctions::StateMachine", properties)}});
    let told = |document: Value| Deployed::find(&document, "orders").unwrap_err().to_string();
    assert_eq!(told(json!({})), "there is no state machine in it");
    let elsewhere = told(template(json!({"DefinitionS3Location": {"Bucket": "b", "Key": "k"}})));
    let help = "\n  = help: compare with that, or with the answer of `aws stepfunctions describe-state-machine`";
    assert_eq!(elsewhere, format!(r#"the definition is not in it, but {{"Bucket":"b","Key":"k"}}{help}"#));
    let file = json!({"resource": {"aws_sfn_state_machine": {"m": {"definition": "${file(\"m.json\")}"}}}});
    assert_eq!(told(file), format!("the definition is not in it, but ${{file(\"m.json\")}}{help}"));
    assert!(told(template(json!({"DefinitionString": "{"}))).starts_with("the definition is no JSON"));
    let misfit = told(json!({"StartAt": "a", "States": {"a": {"Type": "Nap"}}}));
    assert!(misfit.starts_with("the definition is no state machine"), "{misfit}");
}
