//! The service integrations that are not calls of the SDK: which APIs they have, and in which patterns.

use crate::{Pattern, Resource, ServiceCall};

/// Whether the service knows a resource of this form.
pub(super) fn is_known(resource: &Resource<'_>) -> bool {
    match resource {
        Resource::LambdaFunction(function) => function.qualifier.is_none_or(is_qualifier),
        Resource::Activity(_) => true,
        Resource::Sdk(call) => !matches!(call.pattern, Pattern::Sync | Pattern::Sync2),
        Resource::Service(call) => is_integration(call),
    }
}

/// Whether a function can have a version or an alias of this name.
fn is_qualifier(qualifier: &str) -> bool {
    !qualifier.is_empty() && qualifier.chars().all(|next| next.is_ascii_alphanumeric() || "$_-".contains(next))
}

fn is_integration(call: &ServiceCall<'_>) -> bool {
    let Some((_, actions)) = INTEGRATIONS.iter().find(|(service, _)| *service == call.service) else { return false };
    let Some((_, patterns)) = actions.iter().find(|(action, _)| *action == call.action) else { return false };
    patterns.contains(match call.pattern {
        Pattern::RequestResponse => 'r',
        Pattern::Sync => 's',
        Pattern::Sync2 => '2',
        Pattern::WaitForTaskToken => 't',
    })
}

/// The APIs of a service, each with its patterns: `r` for request and response, `s` for `.sync`, `2` for `.sync:2`, `t`
/// for `.waitForTaskToken`.
type Actions = &'static [(&'static str, &'static str)];

/// From the service's documentation, "Integrating optimized services".
const INTEGRATIONS: [(&str, Actions); 21] = [
    ("apigateway", &[("invoke", "rt")]),
    (
        "athena",
        &[
            ("startQueryExecution", "rs"),
            ("stopQueryExecution", "r"),
            ("getQueryExecution", "r"),
            ("getQueryResults", "r"),
        ],
    ),
    ("batch", &[("submitJob", "rs")]),
    ("bedrock", &[("invokeModel", "rt"), ("createModelCustomizationJob", "rs")]),
    (
        "codebuild",
        &[
            ("startBuild", "rs"),
            ("stopBuild", "r"),
            ("batchDeleteBuilds", "r"),
            ("batchGetReports", "r"),
            ("startBuildBatch", "rs"),
            ("stopBuildBatch", "r"),
            ("retryBuildBatch", "rs"),
            ("deleteBuildBatch", "r"),
        ],
    ),
    ("databrew", &[("startJobRun", "rs")]),
    ("dynamodb", &[("getItem", "r"), ("putItem", "r"), ("updateItem", "r"), ("deleteItem", "r")]),
    ("ecs", &[("runTask", "rst")]),
    (
        "eks",
        &[
            ("createCluster", "rs"),
            ("deleteCluster", "rs"),
            ("createNodegroup", "rs"),
            ("deleteNodegroup", "rs"),
            ("createFargateProfile", "rs"),
            ("deleteFargateProfile", "rs"),
            ("call", "rt"),
            ("runJob", "rst"),
        ],
    ),
    (
        "elasticmapreduce",
        &[
            ("createCluster", "rs"),
            ("terminateCluster", "rs"),
            ("addStep", "rs"),
            ("cancelStep", "r"),
            ("setClusterTerminationProtection", "r"),
            ("modifyInstanceFleetByName", "r"),
            ("modifyInstanceGroupByName", "r"),
        ],
    ),
    ("emr-containers", &[("createVirtualCluster", "r"), ("deleteVirtualCluster", "rs"), ("startJobRun", "rs")]),
    (
        "emr-serverless",
        &[
            ("createApplication", "rs"),
            ("startApplication", "rs"),
            ("stopApplication", "rs"),
            ("deleteApplication", "rs"),
            ("startJobRun", "rs"),
            ("cancelJobRun", "rs"),
        ],
    ),
    ("events", &[("putEvents", "rt")]),
    ("glue", &[("startJobRun", "rs")]),
    ("http", &[("invoke", "r")]),
    ("lambda", &[("invoke", "rt")]),
    ("mediaconvert", &[("createJob", "rs")]),
    (
        "sagemaker",
        &[
            ("createEndpoint", "r"),
            ("createEndpointConfig", "r"),
            ("createModel", "r"),
            ("updateEndpoint", "r"),
            ("createLabelingJob", "rs"),
            ("createTrainingJob", "rs"),
            ("createTransformJob", "rs"),
            ("createHyperParameterTuningJob", "rs"),
            ("createProcessingJob", "rs"),
        ],
    ),
    ("sns", &[("publish", "rt")]),
    ("sqs", &[("sendMessage", "rt")]),
    ("states", &[("startExecution", "rs2t")]),
];
