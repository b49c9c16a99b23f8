//! Collected machines, and all integrations that Step Functions has.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::json;
use stepwright_asl::StateMachine;
use stepwright_deploy::iam::{Machine, Options, Problem, Text, execution_policy};

/// Service and APIs, as the documentation lists them.
const INTEGRATIONS: &[(&str, &[&str])] = &[
    ("apigateway", &["invoke"]),
    ("athena", &["startQueryExecution", "stopQueryExecution", "getQueryExecution", "getQueryResults"]),
    ("batch", &["submitJob"]),
    ("bedrock", &["invokeModel", "createModelCustomizationJob"]),
    (
        "codebuild",
        &[
            "startBuild",
            "stopBuild",
            "batchDeleteBuilds",
            "batchGetReports",
            "startBuildBatch",
            "stopBuildBatch",
            "retryBuildBatch",
            "deleteBuildBatch",
        ],
    ),
    ("dynamodb", &["getItem", "putItem", "updateItem", "deleteItem"]),
    ("ecs", &["runTask"]),
    (
        "eks",
        &[
            "createCluster",
            "deleteCluster",
            "createNodegroup",
            "deleteNodegroup",
            "createFargateProfile",
            "deleteFargateProfile",
            "call",
            "runJob",
        ],
    ),
    (
        "elasticmapreduce",
        &[
            "createCluster",
            "terminateCluster",
            "addStep",
            "cancelStep",
            "setClusterTerminationProtection",
            "modifyInstanceFleetByName",
            "modifyInstanceGroupByName",
        ],
    ),
    ("emr-containers", &["createVirtualCluster", "deleteVirtualCluster", "startJobRun"]),
    (
        "emr-serverless",
        &[
            "createApplication",
            "startApplication",
            "stopApplication",
            "deleteApplication",
            "startJobRun",
            "cancelJobRun",
        ],
    ),
    ("events", &["putEvents"]),
    ("glue", &["startJobRun"]),
    ("databrew", &["startJobRun"]),
    ("lambda", &["invoke"]),
    ("mediaconvert", &["createJob"]),
    (
        "sagemaker",
        &[
            "createEndpoint",
            "createEndpointConfig",
            "createModel",
            "updateEndpoint",
            "createLabelingJob",
            "createTrainingJob",
            "createTransformJob",
            "createHyperParameterTuningJob",
            "createProcessingJob",
        ],
    ),
    ("sns", &["publish"]),
    ("sqs", &["sendMessage"]),
    ("states", &["startExecution"]),
    ("http", &["invoke"]),
];

/// Each is known, and a call whose arguments are all expressions is refused unless the rights depend on none.
#[test]
fn all_integrations_are_known() {
    for (service, apis) in INTEGRATIONS {
        for api in *apis {
            let resource = format!("arn:aws:states:::{service}:{api}");
            let task = json!({"Type": "Task", "Resource": resource, "Arguments": "{% $states.input %}", "End": true});
            let definition = json!({"QueryLanguage": "JSONata", "StartAt": "Do", "States": {"Do": task}});
            let definition: StateMachine = definition.to_string().parse().unwrap();
            let options = Options::default();
            let Err(unknown) = execution_policy(&Machine::new("m", &definition, &options)) else {
                assert!(matches!(*api, "call" | "runJob" | "createVirtualCluster" | "createApplication"), "{resource}");
                continue;
            };
            let is_resource = |problem: &Problem| matches!(problem, Problem::Resource { .. });
            assert!(!unknown.iter().any(|one| is_resource(&one.problem)), "{resource}: {unknown:?}");
        }
    }
}

/// Every integration is called by a golden machine.
#[test]
fn all_integrations_have_a_golden_policy() {
    let machines = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/iam/machines");
    let all: String = fs::read_dir(machines)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(".asl.json"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    for (service, apis) in INTEGRATIONS {
        for api in *apis {
            assert!(all.contains(&format!("arn:aws:states:::{service}:{api}")), "{service}:{api}");
        }
    }
}

/// Any machine gives a policy or says what is missing; and what is given is never more than a name allows: `*` stands alone only
/// where IAM knows nothing narrower.
#[test]
fn collected_machines() {
    let Some(folder) = std::env::var_os("STEPWRIGHT_CONFORMANCE") else {
        assert!(std::env::var_os("CI").is_none_or(|ci| ci != "true"), "STEPWRIGHT_CONFORMANCE is not set");
        println!("skipped: STEPWRIGHT_CONFORMANCE is not set");
        return;
    };
    let (mut told, mut asked) = (0, 0);
    let mut everything = BTreeSet::new();
    for entry in fs::read_dir(Path::new(&folder).join("machines")).unwrap() {
        let Ok(definition) = fs::read_to_string(entry.unwrap().path()).unwrap().parse::<StateMachine>() else {
            continue;
        };
        let options = Options::default();
        match execution_policy(&Machine::new("m", &definition, &options)) {
            Err(_) => asked += 1,
            Ok(policy) => {
                told += 1;
                let any = policy.statements.into_iter().filter(|statement| statement.resources.contains(&Text::any()));
                everything.extend(any.flat_map(|statement| statement.actions));
            }
        }
    }
    println!("{told} policies, {asked} machines whose author is asked; `*` for {everything:?}");
    assert!(told > 150, "{told}");
    insta::assert_debug_snapshot!(everything);
}
