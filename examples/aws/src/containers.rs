//! Containers that run to their end: tasks of ECS on Fargate, jobs of Batch, jobs in a Kubernetes cluster.

use std::collections::BTreeMap;

use stepwright::{
    TaskToken,
    aws::{self, batch, ecs, eks},
    prelude::*,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Report {
    pub name: String,
    pub day: String,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum ContainerError {
    #[error("the container failed: {cause}")]
    Failed { cause: String },
    #[error("nothing started: {reason}")]
    NotStarted { reason: String },
}

/// Renders a report on Fargate, and waits until the container has stopped.
#[workflow]
pub async fn render_report(report: Report) -> Result<Option<String>, ContainerError> {
    let renderer = ecs::ContainerOverride {
        name: Some("renderer".to_owned()),
        command: Some(vec!["render".to_owned(), report.name]),
        environment: Some(vec![ecs::KeyValuePair { name: Some("DAY".to_owned()), value: Some(report.day) }]),
        ..Default::default()
    };
    let network = ecs::AwsVpcConfiguration {
        subnets: vec!["subnet-0a1b2c3d".to_owned()],
        assign_public_ip: Some(ecs::AssignPublicIp::DISABLED.to_owned()),
        ..Default::default()
    };
    let request = ecs::RunTaskRequest {
        cluster: Some("reports".to_owned()),
        task_definition: "report-renderer:3".to_owned(),
        launch_type: Some(ecs::LaunchType::FARGATE.to_owned()),
        network_configuration: Some(ecs::NetworkConfiguration { awsvpc_configuration: Some(network) }),
        overrides: Some(ecs::TaskOverride { container_overrides: Some(vec![renderer]), ..Default::default() }),
        ..Default::default()
    };
    match ecs::run_task_sync(request).await {
        Ok(task) => Ok(task.task_arn),
        Err(ecs::RunTaskError::TaskFailed(cause)) => Err(ContainerError::Failed { cause }),
        Err(ecs::RunTaskError::ClusterNotFound(reason)) => Err(ContainerError::NotStarted { reason }),
        Err(_) => Err(ContainerError::NotStarted { reason: "ECS refused the task".to_owned() }),
    }
}

/// Starts a container and does not wait: ECS tells what it could not place in its answer, not by an error.
#[workflow]
pub async fn start_crawler(site: String) -> Result<u32, ContainerError> {
    let crawler =
        ecs::ContainerOverride { name: Some("crawler".to_owned()), command: Some(vec![site]), ..Default::default() };
    let request = ecs::RunTaskRequest {
        cluster: Some("crawlers".to_owned()),
        task_definition: "crawler:7".to_owned(),
        overrides: Some(ecs::TaskOverride { container_overrides: Some(vec![crawler]), ..Default::default() }),
        ..Default::default()
    };
    let answer = ecs::run_task(request)
        .await
        .map_err(|_| ContainerError::NotStarted { reason: "ECS refused the task".to_owned() })?;
    if let Some(failure) = answer.failures.unwrap_or_default().into_iter().next() {
        return Err(ContainerError::NotStarted { reason: failure.reason.unwrap_or_default() });
    }
    Ok(answer.tasks.unwrap_or_default().len() as u32)
}

/// Hands work to a container that answers with what it counted: it finds the token in its environment.
#[workflow]
pub async fn count_rows(table: String) -> Result<u64, Failure> {
    ecs::run_task_wait_for_task_token(|token: TaskToken<Result<u64, Failure>>| {
        let counter = ecs::ContainerOverride {
            name: Some("counter".to_owned()),
            command: Some(vec!["count".to_owned(), table]),
            environment: Some(vec![ecs::KeyValuePair {
                name: Some("TASK_TOKEN".to_owned()),
                value: Some(format!("{token}")),
            }]),
            ..Default::default()
        };
        ecs::RunTaskRequest {
            cluster: Some("counters".to_owned()),
            task_definition: "counter:1".to_owned(),
            launch_type: Some(ecs::LaunchType::FARGATE.to_owned()),
            overrides: Some(ecs::TaskOverride { container_overrides: Some(vec![counter]), ..Default::default() }),
            ..Default::default()
        }
    })
    .await
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Simulation {
    pub model: String,
    pub runs: i32,
}

/// Runs an array job of Batch, an element for each run, and tells how many seconds it took.
#[workflow]
pub async fn simulate(simulation: Simulation) -> Result<i64, ContainerError> {
    let request = batch::SubmitJobRequest {
        job_name: format!("simulate-{}", simulation.model),
        job_queue: "simulations".to_owned(),
        job_definition: "simulate:12".to_owned(),
        array_properties: Some(batch::ArrayProperties { size: Some(simulation.runs) }),
        parameters: Some(BTreeMap::from([("model".to_owned(), simulation.model)])),
        retry_strategy: Some(batch::RetryStrategy { attempts: Some(3), ..Default::default() }),
        timeout: Some(batch::JobTimeout { attempt_duration_seconds: Some(3600) }),
        ..Default::default()
    };
    match batch::submit_job_sync(request).await {
        Ok(job) => Ok((job.stopped_at.unwrap_or(job.started_at) - job.started_at) / 1000),
        Err(batch::SubmitJobError::TaskFailed(cause)) => Err(ContainerError::Failed { cause }),
        Err(batch::SubmitJobError::Client(reason)) => Err(ContainerError::NotStarted { reason }),
        Err(_) => Err(ContainerError::NotStarted { reason: "Batch refused the job".to_owned() }),
    }
}

/// A container of a job in Kubernetes: what is sent is Rust's value as JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Container {
    pub name: String,
    pub image: String,
    pub args: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "camelCase")]
pub struct PodSpec {
    pub restart_policy: String,
    pub containers: Vec<Container>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct PodTemplate {
    pub spec: PodSpec,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "camelCase")]
pub struct JobSpec {
    pub backoff_limit: u32,
    pub template: PodTemplate,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Metadata {
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    pub api_version: String,
    pub kind: String,
    pub metadata: Metadata,
    pub spec: JobSpec,
}

/// Where a cluster is reached, and what shows that it is the right one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Cluster {
    pub name: String,
    pub endpoint: String,
    pub certificate: String,
}

/// Runs a job in a cluster of EKS to its end, then deletes it, and its pods with it.
#[workflow]
pub async fn migrate(cluster: Cluster, version: String) -> Result<(), ContainerError> {
    let name = format!("migrate-{version}");
    let container =
        Container { name: "migrate".to_owned(), image: format!("example.com/migrate:{version}"), args: vec![version] };
    let pod = PodSpec { restart_policy: "Never".to_owned(), containers: vec![container] };
    let job = Job {
        api_version: "batch/v1".to_owned(),
        kind: "Job".to_owned(),
        metadata: Metadata { name: name.clone() },
        spec: JobSpec { backoff_limit: 2, template: PodTemplate { spec: pod } },
    };
    let run = eks::RunJobRequest {
        cluster_name: cluster.name.clone(),
        certificate_authority: cluster.certificate.clone(),
        endpoint: cluster.endpoint.clone(),
        namespace: Some("default".to_owned()),
        job: aws::to_json(&job),
        log_options: Some(eks::RunJobLogOptions { retrieve_logs: Some(true), ..Default::default() }),
    };
    let ended = eks::run_job_sync(run).await;
    let delete = eks::CallRequest {
        cluster_name: cluster.name,
        certificate_authority: cluster.certificate,
        endpoint: cluster.endpoint,
        method: eks::CallMethod::DELETE.to_owned(),
        path: format!("/apis/batch/v1/namespaces/default/jobs/{name}"),
        query_parameters: Some(BTreeMap::from([("propagationPolicy".to_owned(), vec!["Background".to_owned()])])),
        ..Default::default()
    };
    let deleted = eks::call(delete).await;
    match (ended, deleted) {
        (Err(eks::RunJobError::TaskFailed(cause)), _) => Err(ContainerError::Failed { cause }),
        (Err(_), _) => Err(ContainerError::NotStarted { reason: "the cluster refused the job".to_owned() }),
        (Ok(_), Err(_)) => Err(ContainerError::Failed { cause: "the job is still there".to_owned() }),
        (Ok(_), Ok(_)) => Ok(()),
    }
}

/// Makes a cluster of EKS with one group of nodes; a cluster whose nodes fail is deleted again.
#[workflow]
pub async fn make_cluster(name: String) -> Result<Cluster, ContainerError> {
    let subnets = vec!["subnet-0a1b2c3d".to_owned(), "subnet-4e5f6a7b".to_owned()];
    let request = eks::CreateClusterRequest {
        name: name.clone(),
        role_arn: "arn:aws:iam::123456789012:role/eks-cluster".to_owned(),
        resources_vpc_config: eks::VpcConfigRequest { subnet_ids: Some(subnets.clone()), ..Default::default() },
        ..Default::default()
    };
    let made = match eks::create_cluster_sync(request).await {
        Ok(made) => made,
        Err(eks::CreateClusterError::ResourceInUse(reason)) => return Err(ContainerError::NotStarted { reason }),
        Err(_) => return Err(ContainerError::NotStarted { reason: "EKS made no cluster".to_owned() }),
    };
    let nodes = eks::CreateNodegroupRequest {
        cluster_name: name.clone(),
        nodegroup_name: "workers".to_owned(),
        node_role: "arn:aws:iam::123456789012:role/eks-node".to_owned(),
        subnets,
        scaling_config: Some(eks::NodegroupScalingConfig {
            min_size: Some(1),
            max_size: Some(4),
            desired_size: Some(2),
        }),
        ..Default::default()
    };
    if eks::create_nodegroup_sync(nodes).await.is_err() {
        eks::delete_cluster_sync(eks::DeleteClusterRequest { name })
            .await
            .map_err(|_| ContainerError::Failed { cause: "a cluster without nodes is left".to_owned() })?;
        return Err(ContainerError::NotStarted { reason: "no nodes".to_owned() });
    }
    let cluster = made.cluster.unwrap_or_default();
    let certificate = cluster.certificate_authority.unwrap_or_default();
    Ok(Cluster {
        name,
        endpoint: cluster.endpoint.unwrap_or_default(),
        certificate: certificate.data.unwrap_or_default(),
    })
}
