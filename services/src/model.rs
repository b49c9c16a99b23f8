//! The model of a service: its APIs, and the shapes of what they answer.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde::Deserialize;

/// Where the models of services come from.
pub trait ServiceModels: Send + Sync {
    /// The model of a service, by its name in `arn:aws:states:::aws-sdk:<service>:<api>`; `None` if there is none here.
    ///
    /// # Errors
    ///
    /// If there is one that cannot be read.
    fn service(&self, name: &str) -> Result<Option<ServiceModel>, ModelError>;
}

/// A model cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the model of the service `{service}` cannot be read: {reason}")]
pub struct ModelError {
    /// The service's name.
    pub service: String,
    /// What is wrong with its model.
    pub reason: String,
}

/// What the APIs of one service answer.
#[derive(Clone, Debug, Deserialize)]
pub struct ServiceModel {
    operations: HashMap<String, Operation>,
    pub(crate) shapes: HashMap<String, Shape>,
}

#[derive(Clone, Debug, Deserialize)]
struct Operation {
    output: Option<ShapeRef>,
}

/// A type of values, with the bounds that botocore gives it.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(crate) enum Shape {
    Structure {
        #[serde(default)]
        members: IndexMap<String, ShapeRef>,
        #[serde(default)]
        required: Vec<String>,
        /// Whether any JSON will do.
        #[serde(default)]
        document: bool,
    },
    List {
        member: ShapeRef,
    },
    Map {
        value: ShapeRef,
    },
    String {
        #[serde(default, rename = "enum")]
        values: Vec<String>,
        #[serde(flatten)]
        length: Bounds,
    },
    Character,
    Blob(Bounds),
    #[serde(
        alias = "byte",
        alias = "short",
        alias = "integer",
        alias = "long",
        alias = "biginteger",
        alias = "float",
        alias = "double",
        alias = "bigdecimal"
    )]
    Number(Bounds),
    Boolean,
    Timestamp,
}

/// The least and the most of a number or of a length; either may be open.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(crate) struct Bounds {
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ShapeRef {
    pub(crate) shape: String,
}

impl ServiceModel {
    /// Reads a model in botocore's format, `service-2.json`.
    ///
    /// # Errors
    ///
    /// If the text is not such a model.
    pub fn parse(service: &str, json: &str) -> Result<ServiceModel, ModelError> {
        serde_json::from_str(json)
            .map_err(|error| ModelError { service: service.to_owned(), reason: error.to_string() })
    }

    /// The name of the shape that an API answers with, `Some(None)` if it answers nothing; `None` if there is no such API.
    ///
    /// The name is that of a state's resource, such as `getFunction`, or the API's own, `GetFunction`.
    #[must_use]
    pub fn result_of(&self, api: &str) -> Option<Option<&str>> {
        let operation = self.operations.get(&capitalized(api))?;
        Some(operation.output.as_ref().map(|output| output.shape.as_str()))
    }
}

/// A name as Step Functions writes those of members and APIs.
pub(crate) fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
