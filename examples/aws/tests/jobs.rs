//! The workflows that run jobs: native and local runs end alike, and what they ask for is what AWS's APIs take.

use std::{collections::BTreeSet, process::Command};

use serde_json::{Value, json};
use stepwright::{
    asl::validate,
    aws::{
        athena, batch, codebuild, databrew, ecs, eks, emr, emr_containers, emr_serverless, glue, mediaconvert,
        sagemaker,
    },
    prelude::*,
};
use stepwright_aws_examples::{
    builds::{BuildError, build},
    containers::{
        Cluster, ContainerError, Report, Simulation, count_rows, make_cluster, migrate, render_report, simulate,
        start_crawler,
    },
    data::{DataError, clean, customers, load_day},
    learning::{LearningError, Training, score, train_and_serve, tune},
    media::{Video, VideoError, convert},
    spark::{SparkError, SparkJob, run_in_cluster, run_in_namespace, run_serverless},
};
use stepwright_services::{ModelFolder, ServiceModel, ServiceModels as _, Shape};

/// What a run asked a service for: the resource without `arn:aws:states:::`, and the arguments as the machine made them.
type Request = (String, Value);

/// A workflow's result, and what it asked for, natively the same as locally.
macro_rules! run {
    ($workflow:ident($input:expr) $(, $task:ty => $mock:expr)+ $(,)?) => {{
        let native = $workflow::native()$(.mock::<$task>($mock))+.run($input).await;
        let local = $workflow::local()$(.mock::<$task>($mock))+.run($input).await;
        let [native, result] = [native.result(), local.result()].map(|ended| ended.map_err(|failure| failure.error.unwrap()));
        assert_eq!(native, result);
        (result, requests(local.history().iter().map(|event| event.to_json())))
    }};
}

/// The requests in a history.
fn requests(history: impl Iterator<Item = Value>) -> Vec<Request> {
    let text = |details: &Value, key: &str| details[key].as_str().unwrap().to_owned();
    history
        .filter_map(|event| event.get("taskScheduledEventDetails").cloned())
        .map(|details| {
            let resource = format!("{}:{}", text(&details, "resourceType"), text(&details, "resource"));
            (resource, serde_json::from_str(&text(&details, "parameters")).unwrap())
        })
        .collect()
}

fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

fn report() -> Report {
    Report { name: "sales".to_owned(), day: "2026-11-27".to_owned() }
}

async fn rendered() -> Vec<Request> {
    let (result, asked) = run!(render_report(report()), ecs::run_task_sync => |request: ecs::RunTaskRequest| {
        assert_eq!(request.tags, None);
        Ok(ecs::Task { task_arn: text("arn:task"), ..Default::default() })
    });
    assert_eq!(result, Ok(text("arn:task")));
    asked
}

#[tokio::test]
async fn a_container_runs_to_its_end() {
    let asked = rendered().await;
    let network = json!({ "AwsvpcConfiguration": { "Subnets": ["subnet-0a1b2c3d"], "AssignPublicIp": "DISABLED" } });
    let container = json!({
        "Name": "renderer", "Command": ["render", "sales"], "Environment": [{ "Name": "DAY", "Value": "2026-11-27" }],
    });
    let expected = json!({
        "TaskDefinition": "report-renderer:3", "Cluster": "reports", "LaunchType": "FARGATE",
        "NetworkConfiguration": network, "Overrides": { "ContainerOverrides": [container] },
    });
    assert_eq!(asked, [("ecs:runTask.sync".to_owned(), expected)]);
    let (result, _) = run!(render_report(report()), ecs::run_task_sync => |_| {
        Err(ecs::RunTaskError::TaskFailed("exit code 1".to_owned()))
    });
    assert_eq!(result, Err(ContainerError::Failed { cause: "exit code 1".to_owned() }));
    let (result, _) = run!(render_report(report()), ecs::run_task_sync => |_| {
        Err(ecs::RunTaskError::ClusterNotFound("reports".to_owned()))
    });
    assert_eq!(result, Err(ContainerError::NotStarted { reason: "reports".to_owned() }));
}

async fn crawled() -> Vec<Request> {
    let (result, asked) = run!(start_crawler("example.com".to_owned()), ecs::run_task => |_| {
        Ok(ecs::RunTaskResponse { tasks: Some(vec![ecs::Task::default()]), failures: Some(Vec::new()) })
    });
    assert_eq!(result, Ok(1));
    asked
}

#[tokio::test]
async fn what_could_not_be_placed_is_an_error() {
    crawled().await;
    let (result, _) = run!(start_crawler("example.com".to_owned()), ecs::run_task => |_| {
        let failure = ecs::Failure { reason: text("RESOURCE:MEMORY"), ..Default::default() };
        Ok(ecs::RunTaskResponse { failures: Some(vec![failure]), ..Default::default() })
    });
    assert_eq!(result, Err(ContainerError::NotStarted { reason: "RESOURCE:MEMORY".to_owned() }));
}

async fn counted() -> Vec<Request> {
    let (result, asked) = run!(count_rows("orders".to_owned()), ecs::run_task_wait_for_task_token<u64, Failure> => |request: ecs::RunTaskRequest| {
        let containers = request.overrides.unwrap().container_overrides.unwrap();
        assert!(containers[0].environment.as_ref().unwrap()[0].value.as_ref().is_some_and(|token| !token.is_empty()));
        Ok(12)
    });
    assert_eq!(result, Ok(12));
    asked
}

#[tokio::test]
async fn a_container_answers_by_its_token() {
    counted().await;
    let (result, _) = run!(count_rows("orders".to_owned()), ecs::run_task_wait_for_task_token<u64, Failure> => |_| {
        Err(Failure::new("NoTable", "orders"))
    });
    assert_eq!(result, Err(Failure::new("NoTable", "orders")));
}

fn simulation() -> Simulation {
    Simulation { model: "wind".to_owned(), runs: 20 }
}

async fn simulated() -> Vec<Request> {
    let (result, asked) = run!(simulate(simulation()), batch::submit_job_sync => |_| {
        Ok(batch::JobDetail { started_at: 1_000, stopped_at: Some(61_000), ..Default::default() })
    });
    assert_eq!(result, Ok(60));
    asked
}

#[tokio::test]
async fn a_job_of_batch_tells_how_long_it_ran() {
    simulated().await;
    let (result, _) = run!(simulate(simulation()), batch::submit_job_sync => |_| {
        Err(batch::SubmitJobError::Client("no such queue".to_owned()))
    });
    assert_eq!(result, Err(ContainerError::NotStarted { reason: "no such queue".to_owned() }));
}

fn cluster() -> Cluster {
    Cluster { name: "shop".to_owned(), endpoint: "https://eks".to_owned(), certificate: "Q0E=".to_owned() }
}

async fn migrated() -> Vec<Request> {
    let (result, asked) = run!(
        migrate((cluster(), "7".to_owned())),
        eks::run_job_sync => |request: eks::RunJobRequest| {
            assert_eq!(request.job["spec"]["template"]["spec"]["restartPolicy"], "Never");
            Ok(json!({ "Status": "Complete" }))
        },
        eks::call => |request: eks::CallRequest| {
            assert_eq!(request.path, "/apis/batch/v1/namespaces/default/jobs/migrate-7");
            Ok(eks::CallResponse { status_code: Some(200), ..Default::default() })
        },
    );
    assert_eq!(result, Ok(()));
    asked
}

#[tokio::test]
async fn a_job_in_kubernetes_is_deleted_whatever_came_of_it() {
    migrated().await;
    let (result, asked) = run!(
        migrate((cluster(), "7".to_owned())),
        eks::run_job_sync => |_| Err(eks::RunJobError::TaskFailed("backoff".to_owned())),
        eks::call => |_| Ok(eks::CallResponse::default()),
    );
    assert_eq!(result, Err(ContainerError::Failed { cause: "backoff".to_owned() }));
    assert_eq!(asked.len(), 2);
}

async fn clustered() -> Vec<Request> {
    let (result, asked) = run!(
        make_cluster("team-a".to_owned()),
        eks::create_cluster_sync => |_| {
            let cluster = eks::Cluster {
                endpoint: text("https://eks"),
                certificate_authority: Some(eks::Certificate { data: text("Q0E=") }),
                ..Default::default()
            };
            Ok(eks::DescribeClusterResponse { cluster: Some(cluster) })
        },
        eks::create_nodegroup_sync => |_| Ok(eks::DescribeNodegroupResponse::default()),
    );
    assert_eq!(result, Ok(Cluster { name: "team-a".to_owned(), ..cluster() }));
    asked
}

async fn cluster_dropped() -> Vec<Request> {
    let (result, asked) = run!(
        make_cluster("team-a".to_owned()),
        eks::create_cluster_sync => |_| Ok(eks::DescribeClusterResponse::default()),
        eks::create_nodegroup_sync => |_| Err(eks::CreateNodegroupError::ResourceLimitExceeded("full".to_owned())),
        eks::delete_cluster_sync => |_| Ok(eks::DescribeClusterResponse::default()),
    );
    assert_eq!(result, Err(ContainerError::NotStarted { reason: "no nodes".to_owned() }));
    asked
}

#[tokio::test]
async fn a_cluster_without_nodes_is_deleted() {
    clustered().await;
    assert_eq!(cluster_dropped().await.len(), 3);
}

async fn loaded() -> Vec<Request> {
    let (result, asked) = run!(load_day("2026-11-27".to_owned()), glue::start_job_run_sync => |_| {
        Ok(glue::JobRun { execution_time: Some(90), ..Default::default() })
    });
    assert_eq!(result, Ok(90));
    asked
}

#[tokio::test(start_paused = true)]
async fn a_job_of_glue_is_tried_again_while_others_run() {
    loaded().await;
    let (result, asked) = run!(load_day("2026-11-27".to_owned()), glue::start_job_run_sync => |_| {
        Err(glue::StartJobRunError::ConcurrentRunsExceeded("3".to_owned()))
    });
    assert_eq!(result, Err(DataError::Busy));
    assert_eq!(asked.len(), 6);
}

async fn cleaned() -> Vec<Request> {
    let (result, asked) = run!(clean("clean-orders".to_owned()), databrew::start_job_run_sync => |_| {
        let location = databrew::S3Location { bucket: "cleaned".to_owned(), ..Default::default() };
        let output = databrew::Output { location, ..Default::default() };
        Ok(databrew::DescribeJobRunResponse { outputs: Some(vec![output]), ..Default::default() })
    });
    assert_eq!(result, Ok(vec!["cleaned".to_owned()]));
    asked
}

#[tokio::test]
async fn a_job_of_databrew_names_its_buckets() {
    cleaned().await;
    let (result, _) = run!(clean("clean-orders".to_owned()), databrew::start_job_run_sync => |_| {
        Err(databrew::StartJobRunError::Conflict("it runs".to_owned()))
    });
    assert_eq!(result, Err(DataError::Busy));
}

async fn queried() -> Vec<Request> {
    let row = |name: &str| athena::Row { data: Some(vec![athena::Datum { var_char_value: text(name) }]) };
    let rows = vec![row("name"), row("Ann"), row("Bo")];
    let results = move |request: athena::GetQueryResultsRequest| {
        assert_eq!(request.query_execution_id, "q-1");
        let set = athena::ResultSet { rows: Some(rows.clone()), ..Default::default() };
        Ok(athena::GetQueryResultsResponse { result_set: Some(set), ..Default::default() })
    };
    let (result, asked) = run!(
        customers("DE".to_owned()),
        athena::start_query_execution_sync => |_| {
            let query = athena::QueryExecution { query_execution_id: text("q-1"), ..Default::default() };
            Ok(athena::GetQueryExecutionResponse { query_execution: Some(query) })
        },
        athena::get_query_results => results.clone(),
    );
    assert_eq!(result, Ok(vec!["Ann".to_owned(), "Bo".to_owned()]));
    asked
}

#[tokio::test]
async fn a_query_gives_its_rows() {
    queried().await;
    let (result, _) = run!(customers("DE".to_owned()), athena::start_query_execution_sync => |_| {
        Err(athena::StartQueryExecutionError::TaskFailed("no table".to_owned()))
    });
    assert_eq!(result, Err(DataError::QueryFailed { cause: "no table".to_owned() }));
}

async fn run_on_emr(
    step: Result<emr::DescribeStepOutput, emr::AddStepError>,
) -> (Result<(), SparkError>, Vec<Request>) {
    let answer = move |request: emr::AddStepRequest| {
        assert_eq!(request.cluster_id, "j-1");
        step.clone()
    };
    run!(
        run_in_cluster("s3://programs/nightly.py".to_owned()),
        emr::create_cluster_sync => |_| {
            Ok(emr::CreateClusterSyncOutput { cluster_id: text("j-1"), ..Default::default() })
        },
        emr::add_step_sync => answer.clone(),
        emr::terminate_cluster => |request: emr::TerminateClusterRequest| {
            assert_eq!(request.cluster_id, "j-1");
            Ok(emr::TerminateClusterResponse::default())
        },
    )
}

async fn stepped() -> Vec<Request> {
    let (result, asked) = run_on_emr(Ok(emr::DescribeStepOutput::default())).await;
    assert_eq!(result, Ok(()));
    asked
}

#[tokio::test]
async fn a_cluster_is_terminated_whatever_came_of_its_step() {
    assert_eq!(stepped().await.len(), 3);
    let (result, asked) = run_on_emr(Err(emr::AddStepError::TaskFailed("killed".to_owned()))).await;
    assert_eq!(result, Err(SparkError::Failed { cause: "killed".to_owned() }));
    assert_eq!(asked.len(), 3);
}

async fn run_on_eks() -> Vec<Request> {
    let (result, asked) = run!(
        run_in_namespace("s3://programs/nightly.py".to_owned()),
        emr_containers::create_virtual_cluster => |_| {
            Ok(emr_containers::CreateVirtualClusterResponse { id: text("v1"), ..Default::default() })
        },
        emr_containers::start_job_run_sync => |request: emr_containers::StartJobRunRequest| {
            assert_eq!(request.virtual_cluster_id, "v1");
            let run = emr_containers::JobRun { state_details: text("JobRun completed"), ..Default::default() };
            Ok(emr_containers::DescribeJobRunResponse { job_run: Some(run) })
        },
        emr_containers::delete_virtual_cluster_sync => |_| Ok(emr_containers::DescribeVirtualClusterResponse::default()),
    );
    assert_eq!(result, Ok(text("JobRun completed")));
    asked
}

#[tokio::test]
async fn a_virtual_cluster_is_there_for_one_run() {
    run_on_eks().await;
    let (result, asked) = run!(
        run_in_namespace("s3://programs/nightly.py".to_owned()),
        emr_containers::create_virtual_cluster => |_| Ok(emr_containers::CreateVirtualClusterResponse::default()),
        emr_containers::start_job_run_sync => |_| {
            Err(emr_containers::StartJobRunError::TaskFailed("killed".to_owned()))
        },
        emr_containers::delete_virtual_cluster_sync => |_| Ok(emr_containers::DescribeVirtualClusterResponse::default()),
    );
    assert_eq!(result, Err(SparkError::Failed { cause: "killed".to_owned() }));
    assert_eq!(asked.len(), 3);
}

fn spark_job() -> SparkJob {
    SparkJob {
        application_id: "00f1r0u2s3q4a5b6".to_owned(),
        program: "s3://programs/nightly.py".to_owned(),
        arguments: vec!["--day".to_owned(), "2026-11-27".to_owned()],
    }
}

async fn run_without_cluster() -> Vec<Request> {
    let (result, asked) = run!(run_serverless(spark_job()), emr_serverless::start_job_run_sync => |_| {
        let job_run = emr_serverless::JobRun {
            total_execution_duration_seconds: Some(30),
            ..emr_serverless_run()
        };
        Ok(emr_serverless::GetJobRunResponse { job_run })
    });
    assert_eq!(result, Ok(30));
    asked
}

/// A run with what all have.
fn emr_serverless_run() -> emr_serverless::JobRun {
    serde_json::from_value(json!({
        "ApplicationId": "a", "JobRunId": "r", "Arn": "arn", "CreatedBy": "c", "CreatedAt": 1, "UpdatedAt": 2,
        "ExecutionRole": "role", "State": "SUCCESS", "StateDetails": "", "ReleaseLabel": "emr-7.2.0",
        "JobDriver": { "SparkSubmit": { "EntryPoint": "e" } },
    }))
    .unwrap()
}

#[tokio::test]
async fn a_serverless_run_tells_how_long_it_took() {
    run_without_cluster().await;
    let (result, _) = run!(run_serverless(spark_job()), emr_serverless::start_job_run_sync => |_| {
        Err(emr_serverless::StartJobRunError::Conflict("stopped".to_owned()))
    });
    assert_eq!(result, Err(SparkError::Refused));
}

fn training() -> Training {
    Training { name: "churn-1".to_owned(), data: "s3://learning/raw/".to_owned(), rounds: 50 }
}

async fn served() -> Vec<Request> {
    let (result, asked) = run!(
        train_and_serve(training()),
        sagemaker::create_processing_job_sync => |_| Ok(sagemaker::DescribeProcessingJobResponse::default()),
        sagemaker::create_training_job_sync => |request: sagemaker::CreateTrainingJobRequest| {
            assert_eq!(request.hyper_parameters.unwrap()["num_round"], "50");
            let model_artifacts = sagemaker::ModelArtifacts { s3_model_artifacts: "s3://learning/models/m".to_owned() };
            Ok(sagemaker::DescribeTrainingJobResponse { model_artifacts, ..Default::default() })
        },
        sagemaker::create_model => |request: sagemaker::CreateModelRequest| {
            assert_eq!(request.primary_container.unwrap().model_data_url, text("s3://learning/models/m"));
            Ok(sagemaker::CreateModelResponse::default())
        },
        sagemaker::create_endpoint_config => |_| Ok(sagemaker::CreateEndpointConfigResponse::default()),
        sagemaker::create_endpoint => |_| {
            Ok(sagemaker::CreateEndpointResponse { endpoint_arn: "arn:endpoint".to_owned() })
        },
    );
    assert_eq!(result, Ok("arn:endpoint".to_owned()));
    asked
}

#[tokio::test]
async fn a_model_is_trained_and_served() {
    served().await;
    let (result, asked) = run!(
        train_and_serve(training()),
        sagemaker::create_processing_job_sync => |_| Ok(sagemaker::DescribeProcessingJobResponse::default()),
        sagemaker::create_training_job_sync => |_| {
            Err(sagemaker::CreateTrainingJobError::ResourceLimitExceeded("0 instances".to_owned()))
        },
    );
    assert_eq!(result, Err(LearningError::NoCapacity { cause: "0 instances".to_owned() }));
    assert_eq!(asked.len(), 2);
}

async fn tuned() -> Vec<Request> {
    let (result, asked) = run!(tune("churn-2".to_owned()), sagemaker::create_hyper_parameter_tuning_job_sync => |_| {
        let best = sagemaker::HyperParameterTrainingJobSummary { training_job_name: "t-7".to_owned(), ..Default::default() };
        Ok(sagemaker::DescribeHyperParameterTuningJobResponse { best_training_job: Some(best), ..Default::default() })
    });
    assert_eq!(result, Ok(text("t-7")));
    asked
}

#[tokio::test]
async fn tuning_names_the_best_training() {
    tuned().await;
    let (result, _) = run!(tune("churn-2".to_owned()), sagemaker::create_hyper_parameter_tuning_job_sync => |_| {
        Err(sagemaker::CreateHyperParameterTuningJobError::TaskFailed("all failed".to_owned()))
    });
    assert_eq!(result, Err(LearningError::Failed { cause: "all failed".to_owned() }));
}

async fn scored() -> Vec<Request> {
    let input = || ("churn-1".to_owned(), "2026-11-27".to_owned());
    let (result, asked) = run!(score(input()), sagemaker::create_transform_job_sync => |_| {
        Ok(sagemaker::DescribeTransformJobResponse::default())
    });
    assert_eq!(result, Ok("s3://learning/scores/2026-11-27/".to_owned()));
    asked
}

#[tokio::test]
async fn a_transform_without_capacity_is_told_apart() {
    scored().await;
    let input = || ("churn-1".to_owned(), "2026-11-27".to_owned());
    let (result, _) = run!(score(input()), sagemaker::create_transform_job_sync => |_| {
        Err(sagemaker::CreateTransformJobError::ResourceLimitExceeded("0 instances".to_owned()))
    });
    assert_eq!(result, Err(LearningError::NoCapacity { cause: "0 instances".to_owned() }));
}

async fn built() -> Vec<Request> {
    let (result, asked) = run!(
        build("4f2a".to_owned()),
        codebuild::start_build_sync => |_| {
            let build = codebuild::Build { report_arns: Some(vec!["arn:report".to_owned()]), ..Default::default() };
            Ok(codebuild::StartBuildResponse { build: Some(build) })
        },
        codebuild::batch_get_reports => |_| {
            let test_summary = Some(codebuild::TestReportSummary { total: 42, ..Default::default() });
            let report = codebuild::Report { test_summary, ..Default::default() };
            let reports = Some(vec![report, codebuild::Report::default()]);
            Ok(codebuild::BatchGetReportsResponse { reports, ..Default::default() })
        },
    );
    assert_eq!(result, Ok(42));
    asked
}

#[tokio::test]
async fn a_build_counts_its_tests() {
    built().await;
    let (result, _) = run!(build("4f2a".to_owned()), codebuild::start_build_sync => |_| {
        Err(codebuild::StartBuildError::TaskFailed("tests".to_owned()))
    });
    assert_eq!(result, Err(BuildError::Failed { cause: "tests".to_owned() }));
}

fn video() -> Video {
    Video { id: "v-1".to_owned(), source: "s3://videos/v-1.mov".to_owned() }
}

async fn converted() -> Vec<Request> {
    let (result, asked) = run!(convert(video()), mediaconvert::create_job_sync => |_| {
        let job = mediaconvert::Job { id: text("job-1"), ..Default::default() };
        Ok(mediaconvert::GetJobResponse { job: Some(job) })
    });
    assert_eq!(result, Ok(text("job-1")));
    asked
}

#[tokio::test]
async fn a_video_is_converted() {
    converted().await;
    let (result, _) = run!(convert(video()), mediaconvert::create_job_sync => |_| {
        Err(mediaconvert::CreateJobError::BadRequest("no such codec".to_owned()))
    });
    assert_eq!(result, Err(VideoError::Refused { cause: "no such codec".to_owned() }));
}

#[test]
fn every_machine_is_valid_and_has_a_policy() {
    let definitions = [
        build::definition(),
        clean::definition(),
        convert::definition(),
        count_rows::definition(),
        customers::definition(),
        load_day::definition(),
        make_cluster::definition(),
        migrate::definition(),
        render_report::definition(),
        run_in_cluster::definition(),
        run_in_namespace::definition(),
        run_serverless::definition(),
        score::definition(),
        simulate::definition(),
        start_crawler::definition(),
        train_and_serve::definition(),
        tune::definition(),
    ];
    for definition in definitions {
        let name = definition.name();
        assert_eq!(validate(definition.asl()), [], "{name}");
        let program = env!("CARGO_BIN_EXE_stepwright-aws-examples");
        let policy = Command::new(program).args(["policy", name]).output().unwrap();
        assert!(policy.status.success(), "{name}: {}", String::from_utf8_lossy(&policy.stderr));
        let policy: Value = serde_json::from_slice(&policy.stdout).unwrap();
        assert!(policy["Statement"].as_array().is_some_and(|statements| !statements.is_empty()), "{name}");
    }
}

/// What each workflow asks for when all goes well.
async fn all_requests() -> Vec<(&'static str, Vec<Request>)> {
    vec![
        ("build", built().await),
        ("clean", cleaned().await),
        ("convert", converted().await),
        ("count_rows", counted().await),
        ("customers", queried().await),
        ("load_day", loaded().await),
        ("make_cluster", clustered().await),
        ("make_cluster, without nodes", cluster_dropped().await),
        ("migrate", migrated().await),
        ("render_report", rendered().await),
        ("run_in_cluster", stepped().await),
        ("run_in_namespace", run_on_eks().await),
        ("run_serverless", run_without_cluster().await),
        ("score", scored().await),
        ("simulate", simulated().await),
        ("start_crawler", crawled().await),
        ("train_and_serve", served().await),
        ("tune", tuned().await),
    ]
}

/// Names of parameters with those around them: `Overrides.ContainerOverrides.Name`.
fn names(value: &Value, around: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let name = if around.is_empty() { key.clone() } else { format!("{around}.{key}") };
                names(value, &name, found);
                found.insert(name);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, around, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test]
async fn resources_and_parameters_are_these() {
    let mut text = String::new();
    for (workflow, requests) in all_requests().await {
        text += &format!("{workflow}\n");
        for (resource, arguments) in requests {
            let mut found = BTreeSet::new();
            names(&arguments, "", &mut found);
            text += &format!("  {resource}\n");
            found.iter().for_each(|name| text += &format!("    {name}\n"));
        }
    }
    insta::assert_snapshot!(text);
}

/// The service and the API that a resource's parameters are of; nothing where they are Step Functions' own.
fn api(resource: &str) -> Option<(String, String)> {
    let (service, action) = resource.split_once(':').unwrap();
    let action = action.split_once('.').map_or(action, |(action, _)| action);
    let api = match (service, action) {
        ("eks", "call" | "runJob") => return None,
        ("elasticmapreduce", "createCluster") => "RunJobFlow".to_owned(),
        ("elasticmapreduce", _) => return None,
        _ => action[..1].to_uppercase() + &action[1..],
    };
    let service = match service {
        "elasticmapreduce" => "emr".to_owned(),
        other => other.replace('-', ""),
    };
    Some((service, api))
}

/// All requests whose parameters are those of an API, with what EMR's step is in the API.
async fn api_requests() -> Vec<(String, String, Value)> {
    let all = all_requests().await.into_iter().flat_map(|(_, requests)| requests);
    all.filter_map(|(resource, arguments)| match resource.as_str() {
        "elasticmapreduce:addStep.sync" => {
            let arguments = json!({ "JobFlowId": arguments["ClusterId"], "Steps": [arguments["Step"]] });
            Some(("emr".to_owned(), "AddJobFlowSteps".to_owned(), arguments))
        }
        "elasticmapreduce:terminateCluster" => {
            let arguments = json!({ "JobFlowIds": [arguments["ClusterId"]] });
            Some(("emr".to_owned(), "TerminateJobFlows".to_owned(), arguments))
        }
        _ => api(&resource).map(|(service, api)| (service, api, arguments)),
    })
    .collect()
}

/// Panics where an object has a key that its shape does not know, at any depth.
fn check_names(model: &ServiceModel, shape: &str, value: &Value, at: &str) {
    let each = |items: &mut dyn Iterator<Item = &Value>, shape: &str| {
        items.for_each(|item| check_names(model, shape, item, at));
    };
    match (&model.shapes[shape], value) {
        (Shape::Structure { members, .. }, Value::Object(fields)) => {
            for (key, value) in fields {
                let spelt = |name: &&String| name[..1].to_uppercase() + &name[1..] == *key;
                let name = members.keys().find(spelt).unwrap_or_else(|| panic!("{at}: {shape} has no {key}"));
                check_names(model, &members[name].shape, value, at);
            }
        }
        (Shape::List { member, .. }, Value::Array(items)) => each(&mut items.iter(), &member.shape),
        (Shape::Map { value: member, .. }, Value::Object(fields)) => each(&mut fields.values(), &member.shape),
        (Shape::Structure { .. } | Shape::List { .. } | Shape::Map { .. }, other) => panic!("{at}: {shape}: {other}"),
        _ => {}
    }
}

#[tokio::test]
async fn the_models_know_every_parameter() {
    let models = ModelFolder::all();
    for (service, api, arguments) in api_requests().await {
        let model = models.service(&service).unwrap().unwrap_or_else(|| panic!("no model of {service}"));
        let input = model.operations[&api].input.as_ref().unwrap();
        check_names(&model, &input.shape, &arguments, &format!("{service}:{api}"));
    }
}

/// Has botocore look at requests, in its spelling: names, types, what is required, ranges.
const BOTOCORE: &str = r#"
import json, sys, botocore
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.validate import ParamValidator
loader, wrong, found = Loader(), [], {}
for service in loader.list_available_services("service-2"):
    found[loader.load_service_model(service, "service-2")["metadata"]["serviceId"].replace(" ", "").replace("-", "").lower()] = service
def spelt(shape, value, at):
    if shape.type_name == "structure":
        known = {name[0].upper() + name[1:]: name for name in shape.members}
        wrong.extend(f"{at}: {shape.name} has no {key}" for key in value if key not in known)
        return {known[key]: spelt(shape.members[known[key]], part, at) for key, part in value.items() if key in known}
    if shape.type_name == "list":
        return [spelt(shape.member, part, at) for part in value]
    if shape.type_name == "map":
        return {key: spelt(shape.value, part, at) for key, part in value.items()}
    return value
for service, api, arguments in json.load(sys.stdin):
    model = ServiceModel(loader.load_service_model(found[service], "service-2"))
    shape, at = model.operation_model(api).input_shape, f"{service}:{api}"
    given = spelt(shape, arguments, at)
    for name, member in shape.members.items():
        if member.metadata.get("idempotencyToken"):
            given.setdefault(name, "0" * 36)
    report = ParamValidator().validate(given, shape)
    if report.has_errors():
        wrong.append(f"{at}: {report.generate_report()}")
print(json.dumps(wrong))
"#;

#[tokio::test]
async fn botocore_takes_every_request() {
    use std::{io::Write as _, process::Stdio};
    let python = std::env::var("STEPWRIGHT_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = Command::new(&python).args(["-c", "import botocore"]).stderr(Stdio::null()).status();
    if !has.is_ok_and(|status| status.success()) {
        return println!("skipped: {python} has no botocore");
    }
    let mut command = Command::new(python);
    let mut child = command.args(["-c", BOTOCORE]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let requests = serde_json::to_vec(&api_requests().await).unwrap();
    child.stdin.take().unwrap().write_all(&requests).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let wrong: Vec<String> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(wrong, Vec::<String>::new());
}
