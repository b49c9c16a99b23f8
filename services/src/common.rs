//! The models that the crate contains.

use crate::model::{ModelError, ServiceModel, ServiceModels};

/// The services that state machines call most: those of the serverless kind, and those of the optimized integrations. About 300 KiB,
/// compressed, of which a model is read when it is asked for. [`all`](crate::ModelFolder::all) has the others, where there are sources.
#[derive(Clone, Copy, Debug, Default)]
pub struct CommonModels;

impl ServiceModels for CommonModels {
    fn service(&self, name: &str) -> Result<Option<ServiceModel>, ModelError> {
        let model = MODELS.iter().find(|(service, _)| *service == name);
        model.map(|(service, bytes)| ServiceModel::parse_compressed(service, bytes)).transpose()
    }
}

macro_rules! models {
    ($($name:literal)+) => { &[$(($name, include_bytes!(concat!("../models/", $name, ".json.gz")))),+] };
}

const MODELS: &[(&str, &[u8])] = models! {
    "athena" "batch" "bedrock" "bedrockruntime" "codebuild" "databrew" "dynamodb" "ecs" "eks" "emr" "emrcontainers"
    "emrserverless" "eventbridge" "glue" "kms" "lambda" "mediaconvert" "s3" "sagemaker" "scheduler" "secretsmanager" "sfn"
    "sns" "sqs"
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_is_whole() {
        for (name, _) in MODELS {
            let model = CommonModels.service(name).unwrap().unwrap();
            assert!(!model.operations.is_empty(), "{name}");
        }
    }

    #[test]
    fn others_are_not_here() {
        assert!(CommonModels.service("rekognition").unwrap().is_none());
    }
}
