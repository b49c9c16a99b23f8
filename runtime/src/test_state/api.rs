//! Which API's answer the result of a Task state is, and whether a mocked one could be that.

use serde_json::{Map, Value as Json};
use stepwright_asl::{Pattern, Resource, ServiceCall};
use stepwright_services::{ServiceModels, Spelling, Strictness};

use super::TestStateError;

/// The API whose answer is the result of a service integration.
#[derive(Debug, PartialEq, Eq)]
struct Api<'a> {
    /// The name by which the AWS SDK integration knows the service.
    service: &'a str,
    name: &'a str,
    /// How the integration spells the names of members.
    spelling: Spelling,
    /// Members that hold JSON instead of what the API answers.
    free: &'static [&'static str],
}

/// Compares the mocked result of a Task with the model of the API that would give it.
pub(super) fn check_result(
    resource: &str,
    result: &Json,
    strictness: Strictness,
    models: &dyn ServiceModels,
) -> Result<(), TestStateError> {
    let api = match Resource::parse(resource) {
        Some(Resource::Sdk(call)) if call.pattern == Pattern::RequestResponse => Some(sdk(&call)),
        Some(Resource::Service(call)) => optimized(&call),
        _ => None,
    };
    let Some(api) = api else { return Ok(()) };
    let Some(object) = result.as_object() else {
        return Err(TestStateError::validation("Mocked result must be a JSON object."));
    };
    let missing = || TestStateError::NoModel(format!("{}:{}", api.service, api.name));
    let model = models.service(api.service)?.ok_or_else(missing)?;
    let Some(shape) = model.result_of(api.name).ok_or_else(missing)? else { return Ok(()) };
    let members = object.iter().filter(|(name, _)| !api.free.contains(&name.as_str()));
    let members: Map<String, Json> = members.map(|(name, value)| (name.clone(), value.clone())).collect();
    model
        .check(shape, &members, api.spelling, strictness)
        .map_err(|mismatch| TestStateError::validation(format!("Mock result schema validation error: {mismatch}")))
}

fn sdk<'a>(call: &ServiceCall<'a>) -> Api<'a> {
    Api { service: call.service, name: call.action, spelling: Spelling::Sdk, free: &[] }
}

/// The API behind an optimized integration; of a job, the one that tells how it ended. `None` if there is no model of the result.
fn optimized<'a>(call: &ServiceCall<'a>) -> Option<Api<'a>> {
    let service = match (call.service, call.action) {
        ("apigateway" | "http", _) | ("eks", "call" | "runJob") => return None,
        ("bedrock", "invokeModel") => "bedrockruntime",
        ("elasticmapreduce", _) => "emr",
        ("emr-containers", _) => "emrcontainers",
        ("emr-serverless", _) => "emrserverless",
        ("events", _) => "eventbridge",
        ("states", _) => "sfn",
        (service, _) => service,
    };
    let name = match call.pattern {
        Pattern::WaitForTaskToken => return None,
        Pattern::Sync | Pattern::Sync2 => polled(service, call.action)?,
        Pattern::RequestResponse => called(service, call.action),
    };
    let free: &[_] = match (service, call.pattern) {
        ("lambda", _) => &["Payload"],
        ("bedrockruntime", _) => &["Body"],
        ("sfn", Pattern::Sync2) => &["Input", "Output"],
        _ => &[],
    };
    Some(Api { service, name, spelling: Spelling::Optimized, free })
}

/// What the integrations with EMR call by names of their own.
fn called<'a>(service: &str, action: &'a str) -> &'a str {
    match (service, action) {
        ("emr", "addStep") => "addJobFlowSteps",
        ("emr", "cancelStep") => "cancelSteps",
        ("emr", "createCluster") => "runJobFlow",
        ("emr", "modifyInstanceFleetByName") => "modifyInstanceFleet",
        ("emr", "modifyInstanceGroupByName") => "modifyInstanceGroups",
        ("emr", "setClusterTerminationProtection") => "setTerminationProtection",
        ("emr", "terminateCluster") => "terminateJobFlows",
        (_, action) => action,
    }
}

/// The API that tells of a job's end.
fn polled(service: &str, action: &str) -> Option<&'static str> {
    Some(match (service, action) {
        ("athena", "startQueryExecution") => "getQueryExecution",
        ("batch", "submitJob") => "describeJobs",
        ("bedrock", "createModelCustomizationJob") => "getModelCustomizationJob",
        ("codebuild", "startBuild") => "batchGetBuilds",
        ("codebuild", "startBuildBatch" | "retryBuildBatch") => "batchGetBuildBatches",
        ("databrew" | "emrcontainers", "startJobRun") => "describeJobRun",
        ("ecs", "runTask") => "describeTasks",
        ("eks" | "emr", "createCluster" | "deleteCluster" | "terminateCluster") => "describeCluster",
        ("eks", "createNodegroup" | "deleteNodegroup") => "describeNodegroup",
        ("eks", "createFargateProfile" | "deleteFargateProfile") => "describeFargateProfile",
        ("emr", "addStep") => "describeStep",
        ("emrcontainers", "deleteVirtualCluster") => "describeVirtualCluster",
        ("emrserverless", "startJobRun" | "cancelJobRun") => "getJobRun",
        ("emrserverless", _) => "getApplication",
        ("glue", "startJobRun") => "getJobRun",
        ("mediaconvert", "createJob") => "getJob",
        ("sagemaker", "createLabelingJob") => "describeLabelingJob",
        ("sagemaker", "createTrainingJob") => "describeTrainingJob",
        ("sagemaker", "createTransformJob") => "describeTransformJob",
        ("sagemaker", "createHyperParameterTuningJob") => "describeHyperParameterTuningJob",
        ("sagemaker", "createProcessingJob") => "describeProcessingJob",
        ("sfn", "startExecution") => "describeExecution",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use stepwright_services::CommonModels;

    use super::*;

    fn problem(resource: &str, result: Json) -> Option<String> {
        let resource = format!("arn:aws:states:::{resource}");
        check_result(&resource, &result, Strictness::Strict, &CommonModels).err().map(|error| error.to_string())
    }

    #[test]
    fn every_optimized_integration_has_a_model_or_needs_none() {
        for (service, actions) in [
            ("apigateway", "invoke invoke.waitForTaskToken"),
            (
                "athena",
                "startQueryExecution startQueryExecution.sync stopQueryExecution getQueryExecution getQueryResults",
            ),
            ("batch", "submitJob submitJob.sync"),
            ("bedrock", "invokeModel createModelCustomizationJob createModelCustomizationJob.sync"),
            ("codebuild", "startBuild startBuild.sync stopBuild batchDeleteBuilds batchGetReports startBuildBatch"),
            ("codebuild", "startBuildBatch.sync stopBuildBatch retryBuildBatch retryBuildBatch.sync deleteBuildBatch"),
            ("databrew", "startJobRun startJobRun.sync"),
            ("dynamodb", "getItem putItem updateItem deleteItem"),
            ("ecs", "runTask runTask.sync runTask.waitForTaskToken"),
            (
                "eks",
                "createCluster createCluster.sync deleteCluster.sync createNodegroup.sync deleteFargateProfile.sync call",
            ),
            ("elasticmapreduce", "createCluster createCluster.sync terminateCluster addStep addStep.sync cancelStep"),
            ("elasticmapreduce", "setClusterTerminationProtection modifyInstanceFleetByName modifyInstanceGroupByName"),
            ("emr-containers", "createVirtualCluster deleteVirtualCluster.sync startJobRun startJobRun.sync"),
            (
                "emr-serverless",
                "createApplication.sync startApplication stopApplication.sync startJobRun.sync cancelJobRun",
            ),
            ("events", "putEvents"),
            ("glue", "startJobRun startJobRun.sync"),
            ("http", "invoke"),
            ("lambda", "invoke invoke.waitForTaskToken"),
            ("mediaconvert", "createJob createJob.sync"),
            ("sagemaker", "createEndpoint createEndpointConfig createModel updateEndpoint createLabelingJob.sync"),
            ("sagemaker", "createTrainingJob.sync createTransformJob.sync createHyperParameterTuningJob.sync"),
            ("sagemaker", "createProcessingJob createProcessingJob.sync"),
            ("sns", "publish"),
            ("sqs", "sendMessage"),
            ("states", "startExecution startExecution.sync startExecution.sync:2"),
        ] {
            for action in actions.split(' ') {
                let resource = format!("arn:aws:states:::{service}:{action}");
                let result = check_result(&resource, &json!({}), Strictness::Present, &CommonModels);
                assert!(result.is_ok(), "{resource}: {result:?}");
            }
        }
    }

    #[test]
    fn what_an_integration_parses_is_not_what_the_api_answers() {
        assert_eq!(problem("lambda:invoke", json!({ "Payload": { "any": 1 }, "StatusCode": 200 })), None);
        let expected = Some("Mock result schema validation error: Field 'Payload' must be a string".to_owned());
        assert_eq!(problem("aws-sdk:lambda:invoke", json!({ "Payload": { "any": 1 } })), expected);
        assert_eq!(problem("lambda:invoke.waitForTaskToken", json!(["any"])), None);
        assert_eq!(problem("sqs:sendMessage", json!([])), Some("Mocked result must be a JSON object.".to_owned()));
    }

    #[test]
    fn members_are_spelt_as_the_integration_does() {
        let text = "Mock result schema validation error: Field 'Md5OfMessageBody' must be a string".to_owned();
        assert_eq!(problem("aws-sdk:sqs:sendMessage", json!({ "Md5OfMessageBody": 1 })), Some(text));
        let text = "Mock result schema validation error: Field 'MD5OfMessageBody' must be a string".to_owned();
        assert_eq!(problem("sqs:sendMessage", json!({ "MD5OfMessageBody": 1 })), Some(text));
    }

    #[test]
    fn a_result_that_cannot_be_checked_is_refused() {
        let message = problem("aws-sdk:rekognition:detectLabels", json!({})).unwrap();
        assert!(message.starts_with("there is no model of `rekognition:detectLabels` to compare"), "{message}");
    }
}
