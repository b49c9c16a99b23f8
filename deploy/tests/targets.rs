//! A small stack in the words of every target.
#![expect(clippy::unwrap_used, reason = "a test that panics has told what it has to tell")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde_json::{Value, json};
use stepwright_asl::ExecutionType;
use stepwright_deploy::{
    arn::Location,
    options::{AliasOptions, KubernetesOptions, Options, Shift},
    stack::{Activity, Function, Machine, Stack},
    target::Target,
};

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stack").join(file)).unwrap()
}

fn machine(name: &str, execution_type: ExecutionType, docs: &str, input_schema: Value) -> Machine {
    let definition = read(&format!("{name}.asl.json")).parse().unwrap();
    Machine { name: name.to_owned(), docs: docs.to_owned(), execution_type, definition, input_schema }
}

/// All that a stack can have.
fn shop() -> Stack {
    let order = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Order",
        "type": "object",
        "properties": {"id": {"type": "string"}, "total": {"type": "integer", "exclusiveMinimum": 0}},
        "required": ["id", "total"],
    });
    let function = |task: &str, docs: &str, timeout| Function { task: task.to_owned(), docs: docs.to_owned(), timeout };
    Stack {
        name: "package".to_owned(),
        machines: vec![
            machine("fulfil", ExecutionType::Standard, "Charges and packs an order.", order),
            machine("quote", ExecutionType::Express, "", json!({"type": "integer"})),
        ],
        functions: vec![function("charge", "Charges the card.\n\nOnce.", Some(30)), function("price", "", None)],
        activities: vec![Activity { name: "pack-up".to_owned(), placeholder: "pack_up_activity".to_owned() }],
        options: Options::from_toml(&read("Stepwright.toml")).unwrap(),
    }
}

/// The least that a stack can be, without options.
fn quotes() -> Stack {
    let Stack { mut machines, mut functions, .. } = shop();
    let (machine, function) = (machines.remove(1), functions.remove(1));
    let name = "quotes".to_owned();
    let (machines, functions) = (vec![machine], vec![function]);
    // Only Kubernetes asks for more.
    let options = Options { kubernetes: shop().options.kubernetes, ..Options::default() };
    Stack { name, machines, functions, activities: Vec::new(), options }
}

fn check(target: Target, name: &str) {
    for (stack, described) in [("shop", shop()), ("quotes", quotes())] {
        let output = target.output(&described).unwrap();
        assert_eq!(output, target.output(&described).unwrap());
        for (file, text) in output.files {
            insta::assert_snapshot!(format!("{name}_{stack}_{file}"), text);
        }
        insta::assert_debug_snapshot!(format!("{name}_{stack}_left_out"), output.left_out);
    }
}

#[test]
fn cloudformation() {
    check(Target::CloudFormation, "cloudformation");
}

#[test]
fn sam() {
    check(Target::Sam, "sam");
}

#[test]
fn terraform() {
    check(Target::Terraform, "terraform");
}

#[test]
fn cdk() {
    check(Target::Cdk, "cdk");
}

#[test]
fn kubernetes() {
    check(Target::Kubernetes, "kubernetes");
    let mut stack = shop();
    stack.options.kubernetes = KubernetesOptions::default();
    insta::assert_snapshot!(Target::Kubernetes.output(&stack).unwrap_err());
}

#[test]
fn meshery() {
    check(Target::Meshery, "meshery");
    let mut stack = shop();
    stack.options.kubernetes = KubernetesOptions { account: Some("1234".to_owned()), ..KubernetesOptions::default() };
    insta::assert_snapshot!(Target::Meshery.output(&stack).unwrap_err());
}

/// The options that are documented are those that there are.
#[test]
fn the_documented_options_are_read() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/deployment.md")).unwrap();
    let (_, example) = page.split_once("## Stepwright.toml").unwrap().1.split_once("```toml\n").unwrap();
    let options = Options::from_toml(example.split_once("```").unwrap().0).unwrap();
    assert_eq!(
        options.workflow("fulfil").alias,
        Some(AliasOptions { shift: Shift::Canary, ..AliasOptions::default() })
    );
}

fn errors(change: impl FnOnce(&mut Stack)) -> String {
    let mut stack = shop();
    change(&mut stack);
    Target::CloudFormation.output(&stack).unwrap_err().to_string()
}

#[test]
fn what_is_wrong_with_a_stack_is_told() {
    insta::assert_snapshot!(errors(|stack| stack.options.substitutions.clear()));
    insta::assert_snapshot!(errors(|stack| stack.options = Options::from_toml("[task.chrage]\n[workflow.x]").unwrap()));
    insta::assert_snapshot!(errors(|stack| {
        stack.options.defaults.task.memory = Some(64);
        stack.options.defaults.task.subnets = Some(vec!["subnet-1".to_owned()]);
        let fulfil = stack.options.workflow.get_mut("fulfil").unwrap();
        fulfil.logging.retention = Some(31);
        fulfil.alarms.as_mut().unwrap().period = 90;
        fulfil.alias.as_mut().unwrap().percentage = 100;
        fulfil.encryption.as_mut().unwrap().reuse = Some(30);
        stack.options.workflow.get_mut("quote").unwrap().api.extend(shop().options.workflow("fulfil").api);
    }));
    insta::assert_snapshot!(errors(|stack| {
        let fulfil = stack.options.workflow.get_mut("fulfil").unwrap();
        fulfil.alias.as_mut().unwrap().name = "7".to_owned();
        fulfil.alarms.as_mut().unwrap().period = 172_800;
        fulfil.event[0].input_path = Some("detail".to_owned());
        fulfil.iot[0].sql = "orders/new".to_owned();
        fulfil.schedule[0].timezone = Some("GMT 1".to_owned());
        fulfil.arguments.insert("chrage".to_owned(), BTreeMap::default());
        let queue = BTreeMap::from([("QueueUrl".to_owned(), vec!["${queue}".to_owned()])]);
        fulfil.arguments.insert("sqs:sendMessage".to_owned(), queue);
        stack.options.tags.insert("aws:team".to_owned(), String::new());
        let environment = &mut stack.options.defaults.task.environment;
        *environment = ["AWS_REGION", "STEPWRIGHT_TASK", "1ST"].map(|name| (name.to_owned(), String::new())).into();
        let substitutions = ["order_table", "pack_up_activity"].map(|name| (name.to_owned(), "x".to_owned()));
        stack.options.substitutions.extend(substitutions);
    }));
    insta::assert_snapshot!(errors(|stack| {
        stack.functions.push(Function { task: "Charge".to_owned(), docs: String::new(), timeout: None });
        stack.functions.push(Function { task: "zahle bar".to_owned(), docs: String::new(), timeout: None });
    }));
    insta::assert_snapshot!(errors(|stack| {
        stack.machines.iter_mut().for_each(|machine| machine.definition.comment = Some("x".repeat(600_000)));
    }));
}

/// Schedules and rules have 64 characters at most.
#[test]
fn long_names_of_triggers_are_shortened() {
    let mut stack = shop();
    stack.options.name = Some("a-stack-whose-name-is-long".to_owned());
    let long = "a-workflow-whose-name-is-even-longer-than-that-of-the-stack".to_owned();
    let mut options = stack.options.workflow.remove("fulfil").unwrap();
    options.schedule.push(options.schedule[0].clone());
    stack.options.workflow.insert(long.clone(), options);
    stack.machines[0].name = long;
    let output = Target::CloudFormation.output(&stack).unwrap();
    let template: Value = output.files["template.json"].parse().unwrap();
    let names_of = |kind: &str| {
        let of_kind = template["Resources"].as_object().unwrap().values().filter(|resource| resource["Type"] == kind);
        of_kind.map(|resource| resource["Properties"]["Name"].as_str().unwrap().to_owned()).collect::<BTreeSet<_>>()
    };
    for (kind, count) in [("AWS::Scheduler::Schedule", 2), ("AWS::Events::Rule", 1)] {
        let names = names_of(kind);
        assert_eq!(names.len(), count, "{names:?}");
        assert!(names.iter().all(|name| name.len() <= 64), "{names:?}");
    }
}

#[test]
fn empty_lists_are_no_network() {
    let mut stack = shop();
    let task = &mut stack.options.defaults.task;
    (task.subnets, task.security_groups) = (Some(Vec::new()), Some(Vec::new()));
    assert_eq!(Target::CloudFormation.output(&stack), Target::CloudFormation.output(&shop()));
}

#[test]
fn the_policy_of_a_machine_tells_what_needs_it() {
    let stack = shop();
    let policy = stack.policy("fulfil").unwrap().unwrap();
    insta::assert_snapshot!(policy.explain(&Location::pseudo_parameters()));
    assert_eq!(stack.policy("refund"), None);

    // What is wrong with another machine does not matter; what is not said of this one does.
    let mut open = shop();
    open.options.substitutions.clear();
    assert!(open.policy("quote").unwrap().is_ok());
    let told = open.policy("fulfil").unwrap().unwrap_err().to_string();
    assert!(told.contains("nothing stands for `${orders_table}`"), "{told}");
}
