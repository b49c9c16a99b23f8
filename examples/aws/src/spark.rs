//! Spark in its three places: a cluster of EMR, EMR on EKS, EMR Serverless.

use stepwright::{
    aws::{emr, emr_containers, emr_serverless},
    prelude::*,
};

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum SparkError {
    #[error("the job failed: {cause}")]
    Failed { cause: String },
    #[error("refused")]
    Refused,
}

/// Makes a cluster, runs a program in it, and terminates the cluster whatever came of that.
#[workflow]
pub async fn run_in_cluster(program: String) -> Result<(), SparkError> {
    let group = |role: &str, count: i32| emr::InstanceGroupConfig {
        instance_role: role.to_owned(),
        instance_type: "m5.xlarge".to_owned(),
        instance_count: count,
        ..Default::default()
    };
    let request = emr::CreateClusterRequest {
        name: "nightly".to_owned(),
        release_label: Some("emr-7.2.0".to_owned()),
        applications: Some(vec![emr::Application { name: Some("Spark".to_owned()), ..Default::default() }]),
        service_role: Some("arn:aws:iam::123456789012:role/emr-service".to_owned()),
        job_flow_role: Some("arn:aws:iam::123456789012:role/emr-nodes".to_owned()),
        instances: emr::JobFlowInstancesConfig {
            instance_groups: Some(vec![group(emr::InstanceRoleType::MASTER, 1), group(emr::InstanceRoleType::CORE, 2)]),
            // What keeps it until it is terminated.
            keep_job_flow_alive_when_no_steps: Some(true),
            ..Default::default()
        },
        ..Default::default()
    };
    let cluster = emr::create_cluster_sync(request).await.map_err(|_| SparkError::Refused)?;
    let cluster_id = cluster.cluster_id.unwrap_or_default();
    let step = emr::AddStepRequest {
        cluster_id: cluster_id.clone(),
        step: emr::StepConfig {
            name: "spark".to_owned(),
            action_on_failure: Some(emr::ActionOnFailure::CONTINUE.to_owned()),
            hadoop_jar_step: emr::HadoopJarStepConfig {
                jar: "command-runner.jar".to_owned(),
                args: Some(vec!["spark-submit".to_owned(), program]),
                ..Default::default()
            },
            ..Default::default()
        },
        ..Default::default()
    };
    let ended = emr::add_step_sync(step).await;
    emr::terminate_cluster(emr::TerminateClusterRequest { cluster_id }).await.map_err(|_| SparkError::Refused)?;
    match ended {
        Ok(_) => Ok(()),
        Err(emr::AddStepError::TaskFailed(cause)) => Err(SparkError::Failed { cause }),
        Err(_) => Err(SparkError::Refused),
    }
}

/// Runs a program on EMR on EKS, in a virtual cluster that is there for this run only.
#[workflow]
pub async fn run_in_namespace(program: String) -> Result<Option<String>, SparkError> {
    let request = emr_containers::CreateVirtualClusterRequest {
        name: "nightly".to_owned(),
        container_provider: emr_containers::ContainerProvider {
            r#type: emr_containers::ContainerProviderType::EKS.to_owned(),
            id: "shared".to_owned(),
            info: Some(emr_containers::ContainerInfo::EksInfo(emr_containers::EksInfo {
                namespace: Some("spark".to_owned()),
                ..Default::default()
            })),
        },
        ..Default::default()
    };
    let made = emr_containers::create_virtual_cluster(request).await.map_err(|_| SparkError::Refused)?;
    let id = made.id.unwrap_or_default();
    let job = emr_containers::StartJobRunRequest {
        virtual_cluster_id: id.clone(),
        execution_role_arn: Some("arn:aws:iam::123456789012:role/spark".to_owned()),
        release_label: Some("emr-7.2.0-latest".to_owned()),
        job_driver: Some(emr_containers::JobDriver {
            spark_submit_job_driver: Some(emr_containers::SparkSubmitJobDriver {
                entry_point: program,
                spark_submit_parameters: Some("--conf spark.executor.instances=2".to_owned()),
                ..Default::default()
            }),
            ..Default::default()
        }),
        ..Default::default()
    };
    let ended = emr_containers::start_job_run_sync(job).await;
    emr_containers::delete_virtual_cluster_sync(emr_containers::DeleteVirtualClusterRequest { id })
        .await
        .map_err(|_| SparkError::Refused)?;
    match ended {
        Ok(answer) => Ok(answer.job_run.unwrap_or_default().state_details),
        Err(emr_containers::StartJobRunError::TaskFailed(cause)) => Err(SparkError::Failed { cause }),
        Err(_) => Err(SparkError::Refused),
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct SparkJob {
    pub application_id: String,
    pub program: String,
    pub arguments: Vec<String>,
}

/// Runs a program in an application of EMR Serverless, and tells how many seconds it ran.
#[workflow]
pub async fn run_serverless(job: SparkJob) -> Result<i32, SparkError> {
    let request = emr_serverless::StartJobRunRequest {
        application_id: job.application_id,
        execution_role_arn: "arn:aws:iam::123456789012:role/spark".to_owned(),
        job_driver: Some(emr_serverless::JobDriver::SparkSubmit(emr_serverless::SparkSubmit {
            entry_point: job.program,
            entry_point_arguments: Some(job.arguments),
            ..Default::default()
        })),
        execution_timeout_minutes: Some(60),
        ..Default::default()
    };
    match emr_serverless::start_job_run_sync(request).await {
        Ok(answer) => Ok(answer.job_run.total_execution_duration_seconds.unwrap_or_default()),
        Err(emr_serverless::StartJobRunError::TaskFailed(cause)) => Err(SparkError::Failed { cause }),
        Err(_) => Err(SparkError::Refused),
    }
}
