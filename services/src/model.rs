//! The model of a service: its APIs, and the shapes of what they take and answer.

use std::io::Read as _;

use flate2::read::GzDecoder;
use indexmap::IndexMap;
use serde::Deserialize;

use crate::spelling::capitalized;

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

/// The APIs of one service.
#[derive(Clone, Debug, Deserialize)]
pub struct ServiceModel {
    /// What else uses of the service are called by.
    #[serde(default)]
    pub metadata: Metadata,
    /// The APIs by name, such as `GetObject`.
    pub operations: IndexMap<String, Operation>,
    /// The shapes by name.
    pub shapes: IndexMap<String, Shape>,
}

/// What a service is called. A model of botocore itself has no more than the identifier.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Metadata {
    /// The service's own identifier, such as `DynamoDB`.
    pub service_id: String,
    /// What the names of its errors begin with when the AWS SDK integration calls it, such as `DynamoDb`.
    pub prefix: String,
    /// What the names of its actions begin with in IAM, such as `dynamodb`.
    pub iam: String,
}

/// An API.
#[derive(Clone, Debug, Deserialize)]
pub struct Operation {
    /// What it takes: a structure.
    pub input: Option<ShapeRef>,
    /// What it answers: a structure.
    pub output: Option<ShapeRef>,
    /// How it fails.
    #[serde(default)]
    pub errors: Vec<ShapeRef>,
    /// Whether Step Functions does not offer it.
    #[serde(default)]
    pub unsupported: bool,
}

/// A type of values, with the bounds that botocore gives it.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Shape {
    /// An object with these members.
    Structure {
        /// The members by name, as the API spells them.
        #[serde(default)]
        members: IndexMap<String, ShapeRef>,
        /// The members that must be there.
        #[serde(default)]
        required: Vec<String>,
        /// Whether any JSON will do.
        #[serde(default)]
        document: bool,
        /// Whether exactly one member is there.
        #[serde(default)]
        union: bool,
        /// Of an error: its code on the wire, where that is not the shape's name.
        error: Option<ErrorCode>,
    },
    /// An array.
    List {
        /// Its items.
        member: ShapeRef,
        /// How many there may be.
        #[serde(flatten)]
        length: Bounds,
    },
    /// An object with any keys.
    Map {
        /// Its keys: texts.
        key: ShapeRef,
        /// Its values.
        value: ShapeRef,
    },
    /// A text.
    String {
        /// The values that there are; none if it is free.
        #[serde(default, rename = "enum")]
        values: Vec<String>,
        /// How many characters it may have.
        #[serde(flatten)]
        length: Bounds,
    },
    /// A text of one character.
    Character,
    /// Bytes.
    Blob(Bounds),
    /// An integer of at most 32 bits.
    #[serde(alias = "byte", alias = "short")]
    Integer(Bounds),
    /// An integer of 64 bits or more.
    #[serde(alias = "biginteger")]
    Long(Bounds),
    /// Any number.
    #[serde(alias = "double", alias = "bigdecimal")]
    Float(Bounds),
    /// `true` or `false`.
    Boolean,
    /// A point in time.
    Timestamp,
}

/// The least and the most of a number or of a length; either may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
pub struct Bounds {
    /// The least.
    pub min: Option<f64>,
    /// The most.
    pub max: Option<f64>,
}

/// Where a shape is used.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShapeRef {
    /// The name of the shape.
    pub shape: String,
    /// Whether it is a token that clients make up where none is given, even where it is required.
    #[serde(default)]
    pub idempotency_token: bool,
}

/// What an error is on the wire.
#[derive(Clone, Debug, Deserialize)]
pub struct ErrorCode {
    /// Its code.
    pub code: Option<String>,
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

    /// Reads a model that is compressed with gzip.
    ///
    /// # Errors
    ///
    /// If the bytes are not such a model.
    pub fn parse_compressed(service: &str, bytes: &[u8]) -> Result<ServiceModel, ModelError> {
        let mut json = String::new();
        match GzDecoder::new(bytes).read_to_string(&mut json) {
            Ok(_) => ServiceModel::parse(service, &json),
            Err(error) => Err(ModelError { service: service.to_owned(), reason: error.to_string() }),
        }
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
