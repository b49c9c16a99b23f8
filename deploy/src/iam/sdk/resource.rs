//! Which arguments of the SDK's actions name which resources.

use super::{Call, Named, Needs, Text, action};
use crate::{
    arn::Arn,
    iam::{
        integration::function,
        name::{Form, Home, JOB_DEFINITION, MODEL, QUEUE, TASK_DEFINITION},
        needs::Absent,
    },
};

/// A service, a part of the names of its APIs (empty for all), and an argument that names a resource of theirs.
pub(super) type Row = (&'static str, &'static str, Named);

const fn by(argument: &'static str, form: Form) -> Named {
    Named { argument, absent: Absent::None, form }
}

const fn here(argument: &'static str, service: &'static str, prefix: &'static str, resource: &'static str) -> Named {
    by(argument, Form::Named { home: Home::Region, service, prefix, resource })
}

const fn account(argument: &'static str, service: &'static str, prefix: &'static str, resource: &'static str) -> Named {
    by(argument, Form::Named { home: Home::Account, service, prefix, resource })
}

pub(super) const ARGUMENTS: &[Row] = &[
    ("athena", "", here("WorkGroup", "athena", "workgroup/", "workgroup/{}")),
    ("batch", "", by("JobDefinition", JOB_DEFINITION)),
    ("batch", "", here("JobQueue", "batch", "job-queue/", "job-queue/{}")),
    ("bedrock", "", by("ModelId", MODEL)),
    ("bedrock", "", here("KnowledgeBaseId", "bedrock", "knowledge-base/", "knowledge-base/{}")),
    ("cloudformation", "Stack", here("StackName", "cloudformation", "stack/", "stack/{}/*")),
    ("cloudwatch", "Alarm", here("AlarmName", "cloudwatch", "alarm:", "alarm:{}")),
    ("cloudwatch", "Alarm", here("AlarmNames", "cloudwatch", "alarm:", "alarm:{}")),
    ("codebuild", "", here("ProjectName", "codebuild", "project/", "project/{}")),
    ("codepipeline", "", here("Name", "codepipeline", "", "{}")),
    ("codepipeline", "", here("PipelineName", "codepipeline", "", "{}")),
    ("cognito-idp", "", here("UserPoolId", "cognito-idp", "userpool/", "userpool/{}")),
    ("ecr", "", here("RepositoryName", "ecr", "repository/", "repository/{}")),
    ("ecs", "RunTask", by("TaskDefinition", TASK_DEFINITION)),
    ("ecs", "Service", here("Cluster", "ecs", "cluster/", "service/{}/*")),
    ("ecs", "Task", here("Cluster", "ecs", "cluster/", "task/{}/*")),
    ("eks", "Cluster", here("Name", "eks", "cluster/", "cluster/{}")),
    ("eks", "", here("ClusterName", "eks", "cluster/", "cluster/{}")),
    ("elasticmapreduce", "", here("ClusterId", "elasticmapreduce", "cluster/", "cluster/{}")),
    ("emr-serverless", "", here("ApplicationId", "emr-serverless", "/applications/", "/applications/{}")),
    (
        "emr-serverless",
        "JobRun",
        here("ApplicationId", "emr-serverless", "/applications/", "/applications/{}/jobruns/*"),
    ),
    ("events", "PutEvents", here("Entries.EventBusName", "events", "event-bus/", "event-bus/{}")),
    ("events", "Rule", here("Name", "events", "rule/", "rule/{}")),
    ("events", "Targets", here("Rule", "events", "rule/", "rule/{}")),
    ("firehose", "", here("DeliveryStreamName", "firehose", "deliverystream/", "deliverystream/{}")),
    ("glue", "Crawler", here("Name", "glue", "crawler/", "crawler/{}")),
    ("glue", "Job", here("JobName", "glue", "job/", "job/{}")),
    ("glue", "Workflow", here("Name", "glue", "workflow/", "workflow/{}")),
    ("iam", "Role", account("RoleName", "iam", "role/", "role/{}")),
    ("iam", "User", account("UserName", "iam", "user/", "user/{}")),
    ("kinesis", "", here("StreamName", "kinesis", "stream/", "stream/{}")),
    ("kms", "", by("KeyId", Form::Read(key, "the id or the ARN of a key"))),
    ("lambda", "", by("FunctionName", Form::Read(function, "the name or the ARN of a function"))),
    ("logs", "", here("LogGroupName", "logs", "log-group:", "log-group:{}:*")),
    ("rds", "", here("DbInstanceIdentifier", "rds", "db:", "db:{}")),
    ("rds", "", here("DbClusterIdentifier", "rds", "cluster:", "cluster:{}")),
    ("rds", "", here("DbSnapshotIdentifier", "rds", "snapshot:", "snapshot:{}")),
    ("redshift-data", "ExecuteStatement", here("ClusterIdentifier", "redshift", "cluster:", "cluster:{}")),
    ("sagemaker", "Endpoint", here("EndpointName", "sagemaker", "endpoint/", "endpoint/{lower}")),
    ("sagemaker", "TrainingJob", here("TrainingJobName", "sagemaker", "training-job/", "training-job/{lower}")),
    ("secretsmanager", "", by("SecretId", Form::Read(secret, "the name or the ARN of a secret"))),
    ("secretsmanager", "Create", by("Name", Form::Read(secret, "the name of a secret"))),
    ("sns", "", by("TopicArn", Form::Arn)),
    ("sns", "", by("TargetArn", Form::Arn)),
    ("sqs", "", by("QueueUrl", QUEUE)),
    ("ssm", "Parameter", by("Name", Form::Read(parameter, "the name of a parameter"))),
    ("ssm", "Parameter", by("Names", Form::Read(parameter, "the names of parameters"))),
    ("ssm", "ParametersByPath", by("Path", Form::Read(parameters_below, "the path of parameters"))),
    ("states", "Execution", here("StateMachineArn", "states", "stateMachine:", "stateMachine:{}")),
    ("states", "Execution", by("ExecutionArn", Form::Arn)),
    ("states", "Activity", by("ActivityArn", Form::Arn)),
    ("sts", "AssumeRole", by("RoleArn", Form::Arn)),
    (
        "transcribe",
        "GetTranscriptionJob",
        here("TranscriptionJobName", "transcribe", "transcription-job/", "transcription-job/{}"),
    ),
];

/// Actions for which IAM knows no resources: services and beginnings of the names of their APIs.
pub(super) const NONE: &[(&str, &[&str])] = &[
    ("ce", &["get"]),
    ("cloudwatch", &["getMetricData", "getMetricStatistics", "listMetrics", "putMetricData"]),
    ("comprehend", &["batchDetect", "detectDominantLanguage", "detectKeyPhrases", "detectSentiment", "detectSyntax"]),
    ("ec2", &["describe"]),
    ("ecr", &["getAuthorizationToken"]),
    ("lambda", &["listFunctions"]),
    ("organizations", &["createAccount", "createOrganization", "describeOrganization", "listAccounts", "listRoots"]),
    ("polly", &["describeVoices"]),
    ("pricing", &["describeServices", "getAttributeValues", "getProducts"]),
    ("redshift-data", &["describeStatement", "getStatementResult", "cancelStatement", "listStatements"]),
    (
        "rekognition",
        &[
            "compareFaces",
            "detectFaces",
            "detectLabels",
            "detectModerationLabels",
            "detectText",
            "getContentModeration",
            "getFaceDetection",
            "getLabelDetection",
            "getSegmentDetection",
            "getTextDetection",
            "recognizeCelebrities",
            "startContentModeration",
            "startFaceDetection",
            "startLabelDetection",
            "startSegmentDetection",
            "startTextDetection",
        ],
    ),
    ("sts", &["getCallerIdentity"]),
    ("support", &[""]),
    ("textract", &["analyze", "detect", "getDocument", "getExpense", "startDocument", "startExpense"]),
    ("transcribe", &["startTranscriptionJob", "listTranscriptionJobs"]),
    ("translate", &["translateText"]),
];

/// Whether IAM knows no resources for an action.
pub(super) fn has_none(prefix: &str, api: &str) -> bool {
    NONE.iter().any(|(service, apis)| *service == prefix && apis.iter().any(|start| api.starts_with(start)))
}

/// The service that a role in the arguments is passed to.
pub(super) fn principal<'a>(prefix: &'a str, api: &str) -> &'a str {
    match (prefix, api) {
        ("ecs", "runTask" | "startTask" | "registerTaskDefinition") => "ecs-tasks",
        (prefix, _) => prefix,
    }
}

/// The resources that the arguments of an action name.
pub(super) fn resources(needs: &mut Needs, call: &Call, prefix: &str, api: &str) -> Vec<Text> {
    if prefix == "dynamodb" {
        return tables(needs, call);
    }
    let name = action::capitalized(api);
    let rows = ARGUMENTS.iter().filter(|(service, part, _)| *service == prefix && name.contains(part));
    rows.flat_map(|(_, _, named)| needs.resources(call, *named)).collect()
}

/// Tables are named in all sorts of places. What asks an index needs the index, not the table.
fn tables(needs: &mut Needs, call: &Call) -> Vec<Text> {
    let form = Form::Named { home: Home::Region, service: "dynamodb", prefix: "table/", resource: "table/{}" };
    let mut tables = Vec::new();
    for argument in call.arguments.named(|name| name == "TableName") {
        tables.extend(needs.texts(call, &argument, Absent::None));
    }
    let batch = call.arguments.members("RequestItems").into_iter().map(str::to_owned).collect::<Vec<_>>();
    tables.extend(batch.into_iter().map(|name| (name, call.arguments.pointer.key("RequestItems"))));
    let arns: Vec<_> = tables.iter().filter_map(|(table, _)| form.arns(table).ok()).flatten().collect();
    let indices = needs.texts(call, "IndexName", Absent::None);
    if indices.is_empty() {
        return arns.into_iter().map(Text::Arn).collect();
    }
    let of = |arn: &Arn, index: &str| Text::Arn(arn.with_resource(format!("{}/index/{index}", arn.resource)));
    arns.iter().flat_map(|arn| indices.iter().map(move |(index, _)| of(arn, index))).collect()
}

/// The ARN of a secret ends with six random characters.
fn secret(text: &str) -> Option<Vec<Arn>> {
    let named = || Arn::here("secretsmanager", format!("secret:{text}-??????"));
    Some(vec![text.parse().unwrap_or_else(|_| named())])
}

fn parameter(text: &str) -> Option<Vec<Arn>> {
    let named = || Arn::here("ssm", format!("parameter/{}", text.trim_start_matches('/')));
    Some(vec![text.parse().unwrap_or_else(|_| named())])
}

fn parameters_below(path: &str) -> Option<Vec<Arn>> {
    let arn = parameter(path.trim_end_matches('/'))?.pop()?;
    Some(vec![arn.clone(), arn.with_resource(format!("{}/*", arn.resource))])
}

/// An alias does not tell the key, and policies are about keys.
fn key(text: &str) -> Option<Vec<Arn>> {
    if text.starts_with("alias/") {
        return None;
    }
    Some(vec![text.parse().unwrap_or_else(|_| Arn::here("kms", format!("key/{text}")))])
}
