//! Training and use of models.

use super::{On, Right, Row, awaited, by, called, events, here, pass, passed_to, role};
use crate::iam::name::{MODEL, S3_URI};

// SageMaker has the names of its resources in lower case in their ARNs.
const TRAINING: On = here("TrainingJobName", "sagemaker", "training-job/", "training-job/{lower}");
const TRANSFORM: On = here("TransformJobName", "sagemaker", "transform-job/", "transform-job/{lower}");
const TUNING: On = here(
    "HyperParameterTuningJobName",
    "sagemaker",
    "hyper-parameter-tuning-job/",
    "hyper-parameter-tuning-job/{lower}",
);
const PROCESSING: On = here("ProcessingJobName", "sagemaker", "processing-job/", "processing-job/{lower}");
const LABELING: On = here("LabelingJobName", "sagemaker", "labeling-job/", "labeling-job/{lower}");
const MODEL_NAME: On = here("ModelName", "sagemaker", "model/", "model/{lower}");
const ENDPOINT: On = here("EndpointName", "sagemaker", "endpoint/", "endpoint/{lower}");
const ENDPOINT_CONFIG: On = here("EndpointConfigName", "sagemaker", "endpoint-config/", "endpoint-config/{lower}");
const CUSTOMIZATION: On = On::Here("bedrock", "model-customization-job/*");

const TAG: [&str; 2] = ["sagemaker:AddTags", "sagemaker:ListTags"];

const PASS_ROLE: Right = pass("PassSagemaker", &[role("RoleArn")], &[passed_to("sagemaker.amazonaws.com")]);

pub(super) const ROWS: &[Row] = &[
    Row {
        integration: "sagemaker:createTrainingJob",
        rights: &[
            called("SagemakerTrain", &["sagemaker:CreateTrainingJob"], &[TRAINING]),
            called("SagemakerTags", &TAG, &[TRAINING]),
            PASS_ROLE,
            awaited(
                "SagemakerWatchTraining",
                &["sagemaker:DescribeTrainingJob", "sagemaker:StopTrainingJob"],
                &[TRAINING],
            ),
            events(&[On::Here("events", "rule/StepFunctionsGetEventsForSageMakerTrainingJobsRule")]),
        ],
    },
    Row {
        integration: "sagemaker:createTransformJob",
        rights: &[
            called("SagemakerTransform", &["sagemaker:CreateTransformJob"], &[TRANSFORM]),
            called("SagemakerTags", &TAG, &[TRANSFORM]),
            awaited(
                "SagemakerWatchTransform",
                &["sagemaker:DescribeTransformJob", "sagemaker:StopTransformJob"],
                &[TRANSFORM],
            ),
            events(&[On::Here("events", "rule/StepFunctionsGetEventsForSageMakerTransformJobsRule")]),
        ],
    },
    Row {
        integration: "sagemaker:createHyperParameterTuningJob",
        rights: &[
            called("SagemakerTune", &["sagemaker:CreateHyperParameterTuningJob"], &[TUNING]),
            called("SagemakerTags", &TAG, &[TUNING]),
            pass("PassSagemaker", &[role("TrainingJobDefinition.RoleArn")], &[passed_to("sagemaker.amazonaws.com")]),
            awaited(
                "SagemakerWatchTuning",
                &["sagemaker:DescribeHyperParameterTuningJob", "sagemaker:StopHyperParameterTuningJob"],
                &[TUNING],
            ),
            events(&[On::Here("events", "rule/StepFunctionsGetEventsForSageMakerTuningJobsRule")]),
        ],
    },
    Row {
        integration: "sagemaker:createProcessingJob",
        rights: &[
            called("SagemakerProcess", &["sagemaker:CreateProcessingJob"], &[PROCESSING]),
            called("SagemakerTags", &TAG, &[PROCESSING]),
            PASS_ROLE,
            awaited(
                "SagemakerWatchProcessing",
                &["sagemaker:DescribeProcessingJob", "sagemaker:StopProcessingJob"],
                &[PROCESSING],
            ),
            events(&[On::Here("events", "rule/StepFunctionsGetEventsForSageMakerProcessingJobsRule")]),
        ],
    },
    Row {
        integration: "sagemaker:createLabelingJob",
        rights: &[
            called("SagemakerLabel", &["sagemaker:CreateLabelingJob"], &[LABELING]),
            called("SagemakerTags", &TAG, &[LABELING]),
            PASS_ROLE,
            awaited(
                "SagemakerWatchLabeling",
                &["sagemaker:DescribeLabelingJob", "sagemaker:StopLabelingJob"],
                &[LABELING],
            ),
            // No documented policy has this rule: it is called as those of other jobs are.
            events(&[On::Here("events", "rule/StepFunctionsGetEventsForSageMakerLabelingJobsRule")]),
        ],
    },
    Row {
        integration: "sagemaker:createModel",
        rights: &[
            called("SagemakerModel", &["sagemaker:CreateModel"], &[MODEL_NAME]),
            called("SagemakerTags", &TAG, &[MODEL_NAME]).with("Tags"),
            pass("PassSagemaker", &[role("ExecutionRoleArn")], &[passed_to("sagemaker.amazonaws.com")]),
        ],
    },
    Row {
        integration: "sagemaker:createEndpointConfig",
        rights: &[
            called("SagemakerEndpointConfig", &["sagemaker:CreateEndpointConfig"], &[ENDPOINT_CONFIG]),
            called("SagemakerTags", &TAG, &[ENDPOINT_CONFIG]).with("Tags"),
        ],
    },
    Row {
        integration: "sagemaker:createEndpoint",
        rights: &[
            called("SagemakerEndpoint", &["sagemaker:CreateEndpoint"], &[ENDPOINT, ENDPOINT_CONFIG]),
            called("SagemakerTags", &TAG, &[ENDPOINT]).with("Tags"),
        ],
    },
    Row {
        integration: "sagemaker:updateEndpoint",
        rights: &[called("SagemakerUpdate", &["sagemaker:UpdateEndpoint"], &[ENDPOINT, ENDPOINT_CONFIG])],
    },
    Row {
        integration: "bedrock:invokeModel",
        rights: &[
            called("BedrockInvoke", &["bedrock:InvokeModel"], &[by("ModelId", MODEL)]),
            called("BedrockInput", &["s3:GetObject"], &[by("Input.S3Uri", S3_URI).optional()]),
            called("BedrockOutput", &["s3:PutObject"], &[by("Output.S3Uri", S3_URI).optional()]),
        ],
    },
    // The documented policies have no rule for it.
    Row {
        integration: "bedrock:createModelCustomizationJob",
        rights: &[
            called(
                "BedrockCustomize",
                &["bedrock:CreateModelCustomizationJob"],
                &[
                    by("BaseModelIdentifier", MODEL),
                    // The ids of the new model and of the job, which their names are not a part of.
                    On::Here("bedrock", "custom-model/*"),
                    CUSTOMIZATION,
                ],
            ),
            called("BedrockTagJob", &["bedrock:TagResource"], &[CUSTOMIZATION]).with("JobTags"),
            called("BedrockTagModel", &["bedrock:TagResource"], &[On::Here("bedrock", "custom-model/*")])
                .with("CustomModelTags"),
            pass("PassBedrock", &[role("RoleArn")], &[passed_to("bedrock.amazonaws.com")]),
            awaited(
                "BedrockWatch",
                &["bedrock:GetModelCustomizationJob", "bedrock:StopModelCustomizationJob"],
                &[CUSTOMIZATION],
            ),
        ],
    },
];
