//! Models of SageMaker: prepare data, train, tune, transform, serve.

use std::collections::BTreeMap;

use stepwright::{aws::sagemaker, prelude::*};

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum LearningError {
    #[error("the job failed: {cause}")]
    Failed { cause: String },
    #[error("no capacity: {cause}")]
    NoCapacity { cause: String },
    #[error("refused")]
    Refused,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Training {
    pub name: String,
    pub data: String,
    pub rounds: u32,
}

/// Splits raw data, trains on it, and makes a model that answers at an endpoint. Names are those of the training.
#[workflow]
pub async fn train_and_serve(training: Training) -> Result<String, LearningError> {
    let split = sagemaker::CreateProcessingJobRequest {
        processing_job_name: format!("{}-split", training.name),
        role_arn: "arn:aws:iam::123456789012:role/learning".to_owned(),
        app_specification: sagemaker::AppSpecification {
            image_uri: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/split:1".to_owned(),
            container_arguments: Some(vec!["--from".to_owned(), training.data]),
            ..Default::default()
        },
        processing_resources: sagemaker::ProcessingResources {
            cluster_config: sagemaker::ProcessingClusterConfig {
                instance_count: 1,
                instance_type: sagemaker::ProcessingInstanceType::ML_M5_XLARGE.to_owned(),
                volume_size_in_gb: 50,
                ..Default::default()
            },
        },
        ..Default::default()
    };
    match sagemaker::create_processing_job_sync(split).await {
        Ok(_) => {}
        Err(sagemaker::CreateProcessingJobError::TaskFailed(cause)) => return Err(LearningError::Failed { cause }),
        Err(_) => return Err(LearningError::Refused),
    }
    let train = sagemaker::CreateTrainingJobRequest {
        training_job_name: training.name.clone(),
        role_arn: "arn:aws:iam::123456789012:role/learning".to_owned(),
        algorithm_specification: Some(sagemaker::AlgorithmSpecification {
            training_image: Some("123456789012.dkr.ecr.eu-west-1.amazonaws.com/xgboost:1.7".to_owned()),
            training_input_mode: sagemaker::TrainingInputMode::FILE.to_owned(),
            ..Default::default()
        }),
        // Numbers are texts here.
        hyper_parameters: Some(BTreeMap::from([("num_round".to_owned(), format!("{}", training.rounds))])),
        input_data_config: Some(vec![sagemaker::Channel {
            channel_name: "train".to_owned(),
            data_source: sagemaker::DataSource {
                s3_data_source: Some(sagemaker::S3DataSource {
                    s3_data_type: sagemaker::S3DataType::S3_PREFIX.to_owned(),
                    s3_uri: format!("s3://learning/{}/train/", training.name),
                    ..Default::default()
                }),
                ..Default::default()
            },
            ..Default::default()
        }]),
        output_data_config: sagemaker::OutputDataConfig {
            s3_output_path: "s3://learning/models/".to_owned(),
            ..Default::default()
        },
        resource_config: Some(sagemaker::ResourceConfig {
            instance_type: Some(sagemaker::TrainingInstanceType::ML_M5_XLARGE.to_owned()),
            instance_count: Some(1),
            volume_size_in_gb: Some(50),
            ..Default::default()
        }),
        stopping_condition: Some(sagemaker::StoppingCondition {
            max_runtime_in_seconds: Some(3600),
            ..Default::default()
        }),
        ..Default::default()
    };
    let trained = match sagemaker::create_training_job_sync(train).await {
        Ok(trained) => trained,
        Err(sagemaker::CreateTrainingJobError::TaskFailed(cause)) => return Err(LearningError::Failed { cause }),
        Err(sagemaker::CreateTrainingJobError::ResourceLimitExceeded(cause)) => {
            return Err(LearningError::NoCapacity { cause });
        }
        Err(_) => return Err(LearningError::Refused),
    };
    let model = sagemaker::CreateModelRequest {
        model_name: training.name.clone(),
        execution_role_arn: Some("arn:aws:iam::123456789012:role/learning".to_owned()),
        primary_container: Some(sagemaker::ContainerDefinition {
            image: Some("123456789012.dkr.ecr.eu-west-1.amazonaws.com/xgboost:1.7".to_owned()),
            model_data_url: Some(trained.model_artifacts.s3_model_artifacts),
            ..Default::default()
        }),
        ..Default::default()
    };
    sagemaker::create_model(model).await.map_err(|_| LearningError::Refused)?;
    let config = sagemaker::CreateEndpointConfigRequest {
        endpoint_config_name: training.name.clone(),
        production_variants: vec![sagemaker::ProductionVariant {
            variant_name: "all".to_owned(),
            model_name: Some(training.name.clone()),
            initial_instance_count: Some(1),
            instance_type: Some(sagemaker::ProductionVariantInstanceType::ML_M5_LARGE.to_owned()),
            ..Default::default()
        }],
        ..Default::default()
    };
    sagemaker::create_endpoint_config(config).await.map_err(|_| LearningError::Refused)?;
    let endpoint = sagemaker::CreateEndpointRequest {
        endpoint_name: training.name.clone(),
        endpoint_config_name: training.name,
        ..Default::default()
    };
    match sagemaker::create_endpoint(endpoint).await {
        Ok(made) => Ok(made.endpoint_arn),
        Err(sagemaker::CreateEndpointError::ResourceLimitExceeded(cause)) => Err(LearningError::NoCapacity { cause }),
        Err(_) => Err(LearningError::Refused),
    }
}

/// Looks for the best learning rate, and names the training job that had it.
#[workflow]
pub async fn tune(name: String) -> Result<Option<String>, LearningError> {
    let rate = sagemaker::ContinuousParameterRange {
        name: "eta".to_owned(),
        min_value: "0.01".to_owned(),
        max_value: "0.3".to_owned(),
        scaling_type: Some(sagemaker::HyperParameterScalingType::LOGARITHMIC.to_owned()),
    };
    let trainings = sagemaker::HyperParameterTrainingJobDefinition {
        role_arn: "arn:aws:iam::123456789012:role/learning".to_owned(),
        algorithm_specification: sagemaker::HyperParameterAlgorithmSpecification {
            training_image: Some("123456789012.dkr.ecr.eu-west-1.amazonaws.com/xgboost:1.7".to_owned()),
            training_input_mode: sagemaker::TrainingInputMode::FILE.to_owned(),
            ..Default::default()
        },
        output_data_config: sagemaker::OutputDataConfig {
            s3_output_path: "s3://learning/tuned/".to_owned(),
            ..Default::default()
        },
        stopping_condition: sagemaker::StoppingCondition { max_runtime_in_seconds: Some(3600), ..Default::default() },
        ..Default::default()
    };
    let request = sagemaker::CreateHyperParameterTuningJobRequest {
        hyper_parameter_tuning_job_name: name,
        hyper_parameter_tuning_job_config: sagemaker::HyperParameterTuningJobConfig {
            strategy: sagemaker::HyperParameterTuningJobStrategyType::BAYESIAN.to_owned(),
            hyper_parameter_tuning_job_objective: Some(sagemaker::HyperParameterTuningJobObjective {
                r#type: sagemaker::HyperParameterTuningJobObjectiveType::MINIMIZE.to_owned(),
                metric_name: "validation:rmse".to_owned(),
            }),
            resource_limits: sagemaker::ResourceLimits {
                max_number_of_training_jobs: Some(20),
                max_parallel_training_jobs: 2,
                ..Default::default()
            },
            parameter_ranges: Some(sagemaker::ParameterRanges {
                continuous_parameter_ranges: Some(vec![rate]),
                ..Default::default()
            }),
            ..Default::default()
        },
        training_job_definition: Some(trainings),
        ..Default::default()
    };
    match sagemaker::create_hyper_parameter_tuning_job_sync(request).await {
        Ok(tuned) => Ok(tuned.best_training_job.map(|best| best.training_job_name)),
        Err(sagemaker::CreateHyperParameterTuningJobError::TaskFailed(cause)) => Err(LearningError::Failed { cause }),
        Err(_) => Err(LearningError::Refused),
    }
}

/// Has a model look at every line of some files, and tells where its answers are.
#[workflow]
pub async fn score(model: String, day: String) -> Result<String, LearningError> {
    let answers = format!("s3://learning/scores/{day}/");
    let request = sagemaker::CreateTransformJobRequest {
        transform_job_name: format!("{model}-{day}"),
        model_name: model,
        transform_input: sagemaker::TransformInput {
            data_source: sagemaker::TransformDataSource {
                s3_data_source: sagemaker::TransformS3DataSource {
                    s3_data_type: sagemaker::S3DataType::S3_PREFIX.to_owned(),
                    s3_uri: format!("s3://learning/days/{day}/"),
                },
            },
            content_type: Some("text/csv".to_owned()),
            split_type: Some(sagemaker::SplitType::LINE.to_owned()),
            ..Default::default()
        },
        transform_output: sagemaker::TransformOutput {
            s3_output_path: answers.clone(),
            assemble_with: Some(sagemaker::AssemblyType::LINE.to_owned()),
            ..Default::default()
        },
        transform_resources: sagemaker::TransformResources {
            instance_type: sagemaker::TransformInstanceType::ML_M5_LARGE.to_owned(),
            instance_count: 1,
            ..Default::default()
        },
        ..Default::default()
    };
    match sagemaker::create_transform_job_sync(request).await {
        Ok(_) => Ok(answers),
        Err(sagemaker::CreateTransformJobError::TaskFailed(cause)) => Err(LearningError::Failed { cause }),
        Err(sagemaker::CreateTransformJobError::ResourceLimitExceeded(cause)) => {
            Err(LearningError::NoCapacity { cause })
        }
        Err(_) => Err(LearningError::Refused),
    }
}
