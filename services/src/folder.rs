//! Models in files.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::model::{ModelError, ServiceModel, ServiceModels};

/// What the names of files end with: as `generate.py` writes them, and as text.
const COMPRESSED: &str = ".json.gz";
const TEXT: &str = ".json";

/// A folder of models, `<service>.json.gz` or `<service>.json` each.
///
/// `service` is the name in `arn:aws:states:::aws-sdk:<service>:<api>`. A `service-2.json` of botocore will do under that name.
#[derive(Clone, Debug)]
pub struct ModelFolder(PathBuf);

impl ModelFolder {
    /// The models in the given folder.
    pub fn new(folder: impl Into<PathBuf>) -> ModelFolder {
        ModelFolder(folder.into())
    }

    /// All models of the crate, in the folder of its sources: they are there while a program is built, and need not be where it runs.
    #[must_use]
    pub fn all() -> ModelFolder {
        ModelFolder::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("models"))
    }

    /// Where the folder is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The names of the services, sorted; none if the folder cannot be read.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let files = std::fs::read_dir(&self.0).into_iter().flatten().flatten();
        let mut names: Vec<_> = files
            .filter_map(|file| {
                let name = file.file_name().into_string().ok()?;
                name.strip_suffix(COMPRESSED).or_else(|| name.strip_suffix(TEXT)).map(str::to_owned)
            })
            .collect();
        names.sort();
        names
    }

    /// The file that holds the model of a service.
    #[must_use]
    pub fn file(&self, service: &str) -> Option<PathBuf> {
        [COMPRESSED, TEXT].iter().map(|suffix| self.0.join(format!("{service}{suffix}"))).find(|file| file.is_file())
    }
}

impl ServiceModels for ModelFolder {
    fn service(&self, name: &str) -> Result<Option<ServiceModel>, ModelError> {
        let Some(file) = self.file(name) else { return Ok(None) };
        match std::fs::read(&file) {
            Ok(bytes) if file.to_string_lossy().ends_with(COMPRESSED) => {
                ServiceModel::parse_compressed(name, &bytes).map(Some)
            }
            Ok(bytes) => ServiceModel::parse(name, &String::from_utf8_lossy(&bytes)).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(ModelError { service: name.to_owned(), reason: error.to_string() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Shape;

    #[test]
    fn files_are_found_by_the_service() {
        let folder = tempfile::tempdir().unwrap();
        let tiny = r#"{"operations":{"Do":{}},"shapes":{}}"#;
        std::fs::write(folder.path().join("tiny.json"), tiny).unwrap();
        std::fs::write(folder.path().join("broken.json"), "{").unwrap();
        std::fs::write(folder.path().join("torn.json.gz"), "{").unwrap();
        let models = ModelFolder::new(folder.path());
        assert_eq!(models.service("tiny").unwrap().unwrap().result_of("do"), Some(None));
        assert!(models.service("other").unwrap().is_none());
        let error = models.service("broken").unwrap_err().to_string();
        assert!(error.starts_with("the model of the service `broken` cannot be read: EOF while parsing"), "{error}");
        models.service("torn").unwrap_err();
        assert_eq!(models.names(), ["broken", "tiny", "torn"]);
    }

    /// Whatever a model refers to is in it, so that nobody who follows it has to ask.
    #[test]
    fn every_model_is_whole() {
        let models = ModelFolder::all();
        let names = models.names();
        assert!(names.len() > 400, "{}", names.len());
        for name in names {
            let model = models.service(&name).unwrap().unwrap();
            assert!(!model.metadata.prefix.is_empty() && !model.metadata.iam.is_empty(), "{name}");
            let operations = model.operations.values();
            let of_operations = operations
                .flat_map(|operation| operation.input.iter().chain(&operation.output).chain(&operation.errors));
            let of_shapes = model.shapes.values().flat_map(|shape| match shape {
                Shape::Structure { members, .. } => members.values().collect(),
                Shape::List { member, .. } => vec![member],
                Shape::Map { key, value } => vec![key, value],
                _ => Vec::new(),
            });
            for used in of_operations.chain(of_shapes) {
                assert!(model.shapes.contains_key(&used.shape), "{name}: {}", used.shape);
            }
        }
    }

    #[test]
    fn services_are_called_as_step_functions_and_iam_do() {
        for (service, prefix, iam) in [
            ("cloudwatch", "CloudWatch", "cloudwatch"),
            ("cloudwatchlogs", "CloudWatchLogs", "logs"),
            ("directory", "Directory", "ds"),
            ("dynamodb", "DynamoDb", "dynamodb"),
            ("eventbridge", "EventBridge", "events"),
            ("fsx", "FSx", "fsx"),
            ("iotanalytics", "IoTAnalytics", "iotanalytics"),
            ("iotevents", "IotEvents", "iotevents"),
            ("memorydb", "MemoryDB", "memorydb"),
            ("sesv2", "SesV2", "ses"),
            ("sfn", "Sfn", "states"),
        ] {
            let metadata = ModelFolder::all().service(service).unwrap().unwrap().metadata;
            assert_eq!((metadata.prefix.as_str(), metadata.iam.as_str()), (prefix, iam));
        }
    }

    #[test]
    fn what_step_functions_does_not_offer_is_known() {
        for (service, api, unsupported) in [
            ("s3", "SelectObjectContent", true),
            ("s3", "GetObject", false),
            ("kinesis", "SubscribeToShard", true),
            ("lambda", "InvokeAsync", true),
            ("lexruntimev2", "StartConversation", true),
            ("bedrockruntime", "ConverseStream", true),
        ] {
            let model = ModelFolder::all().service(service).unwrap().unwrap();
            assert_eq!(model.operations[api].unsupported, unsupported, "{service}:{api}");
        }
    }
}
