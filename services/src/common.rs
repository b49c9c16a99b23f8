//! The models that the crate contains.

use crate::model::{ModelError, ServiceModel, ServiceModels};

/// The services that state machines call most: whole those of the serverless kind, and what the optimized integrations call of the
/// others. About 500 KiB of text, read when asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct CommonModels;

impl ServiceModels for CommonModels {
    fn service(&self, name: &str) -> Result<Option<ServiceModel>, ModelError> {
        let model = MODELS.iter().find(|(service, _)| *service == name);
        model.map(|(service, json)| ServiceModel::parse(service, json)).transpose()
    }
}

macro_rules! models {
    ($($name:literal)+) => { &[$(($name, include_str!(concat!("../models/", $name, ".json")))),+] };
}

/// `generate.py` writes these.
const MODELS: &[(&str, &str)] = models! {
    "athena" "batch" "bedrock" "bedrockruntime" "codebuild" "databrew" "dynamodb" "ecs" "eks" "emr" "emrcontainers"
    "emrserverless" "eventbridge" "glue" "kms" "lambda" "mediaconvert" "s3" "sagemaker" "scheduler" "secretsmanager" "sfn"
    "sns" "sqs"
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Strictness;

    #[test]
    fn every_model_is_whole() {
        for (name, json) in MODELS {
            let model = ServiceModel::parse(name, json).unwrap();
            let document: serde_json::Value = serde_json::from_str(json).unwrap();
            for api in document["operations"].as_object().unwrap().keys() {
                let shape = model.result_of(api).unwrap();
                if let Some(shape) = shape {
                    // Lenient, an empty object has every shape that an API answers with.
                    model.check(shape, &serde_json::Map::new(), Strictness::Present).unwrap();
                }
            }
        }
    }

    #[test]
    fn others_are_not_here() {
        assert!(CommonModels.service("rekognition").unwrap().is_none());
    }
}
