//! Models in files.

use std::io::ErrorKind;
use std::path::PathBuf;

use crate::model::{ModelError, ServiceModel, ServiceModels};

/// A folder of models, `<service>.json` each, as `generate.py` writes them.
///
/// `service` is the name in `arn:aws:states:::aws-sdk:<service>:<api>`. A `service-2.json` of botocore will do under that name.
#[derive(Clone, Debug)]
pub struct ModelFolder(PathBuf);

impl ModelFolder {
    /// The models in the given folder.
    pub fn new(folder: impl Into<PathBuf>) -> ModelFolder {
        ModelFolder(folder.into())
    }
}

impl ServiceModels for ModelFolder {
    fn service(&self, name: &str) -> Result<Option<ServiceModel>, ModelError> {
        match std::fs::read_to_string(self.0.join(format!("{name}.json"))) {
            Ok(json) => ServiceModel::parse(name, &json).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(ModelError { service: name.to_owned(), reason: error.to_string() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_by_the_service() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("tiny.json"), r#"{"operations":{"Do":{}},"shapes":{}}"#).unwrap();
        std::fs::write(folder.path().join("broken.json"), "{").unwrap();
        let models = ModelFolder::new(folder.path());
        assert_eq!(models.service("tiny").unwrap().unwrap().result_of("do"), Some(None));
        assert!(models.service("other").unwrap().is_none());
        let error = models.service("broken").unwrap_err().to_string();
        assert!(error.starts_with("the model of the service `broken` cannot be read: EOF while parsing"), "{error}");
    }
}
