//! What is generated for: a service, and what is called of it.

use std::borrow::Cow;

use stepwright_services::{Operation, ServiceModel};

use crate::names::{self, Spelling};

/// What the name of a task that waits for a token ends with.
const TOKEN: &str = "WaitForTaskToken";

/// A service as one kind of integration offers it.
pub(crate) struct Integration {
    /// What stands for it in a resource: `dynamodb`, `aws-sdk:s3`.
    pub(crate) resource: String,
    /// What the names of its errors begin with.
    pub(crate) prefix: String,
    /// How its keys and errors are spelt.
    pub(crate) spelling: Spelling,
    /// Its APIs.
    pub(crate) model: ServiceModel,
    /// Errors that the integration itself reports, beside those of the API.
    pub(crate) own_errors: Vec<String>,
    /// What stands before an HTTP status in the names of errors.
    pub(crate) statuses: Option<String>,
    /// The members that hold any JSON where the API has a text of it: `Shape.member`.
    pub(crate) json: Vec<String>,
}

/// An action of an integration, as one task.
#[derive(Clone, Debug, Default)]
pub(crate) struct Call {
    /// The API, such as `ListObjectsV2`.
    pub(crate) api: String,
    /// The action in the resource, such as `listObjectsV2.sync`.
    pub(crate) action: String,
    /// What is added to the API's name in Rust: `Sync`, or what [`Call::with_token`] adds.
    pub(crate) suffix: &'static str,
    /// The members that may be given; none stands for all.
    pub(crate) parameters: Vec<String>,
    /// The shape of the result, if it is not what the API answers.
    pub(crate) result: Option<String>,
}

impl Integration {
    /// The AWS SDK integration of a service.
    pub(crate) fn sdk(service: &str, model: ServiceModel) -> Integration {
        let (resource, prefix) = (format!("aws-sdk:{service}"), model.metadata.prefix.clone());
        Integration {
            resource,
            prefix,
            spelling: Spelling::Sdk,
            model,
            own_errors: Vec::new(),
            statuses: None,
            json: Vec::new(),
        }
    }

    /// The ARN of a call.
    pub(crate) fn arn(&self, call: &Call) -> String {
        format!("arn:aws:states:::{}:{}", self.resource, call.action)
    }

    /// Whether a member holds any JSON where the API has a text of it.
    pub(crate) fn is_json(&self, shape: &str, member: &str) -> bool {
        self.json.iter().any(|found| found.split_once('.') == Some((shape, member)))
    }

    /// The API of a call.
    pub(crate) fn operation(&self, call: &Call) -> Option<&Operation> {
        self.model.operations.get(&call.api)
    }
}

impl Call {
    /// A call of an API that answers.
    pub(crate) fn new(api: &str) -> Call {
        Call { api: api.to_owned(), action: names::action(api), ..Call::default() }
    }

    /// The same action, which then waits until somebody answers the token in its request.
    pub(crate) fn with_token(self) -> Call {
        Call { action: format!("{}.waitForTaskToken", self.action), suffix: TOKEN, ..self }
    }

    /// Whether it waits until somebody answers the token in its request.
    pub(crate) fn waits_for_token(&self) -> bool {
        self.suffix == TOKEN
    }

    /// The same API, whatever is waited for: requests and errors belong to it.
    pub(crate) fn of_the_api(&self) -> Call {
        Call { suffix: "", ..self.clone() }
    }

    /// Whether a member may be given.
    pub(crate) fn takes(&self, member: &str) -> bool {
        self.parameters.is_empty() || self.parameters.iter().any(|name| name == member)
    }

    /// The name of a type that belongs to the call: `ListObjectsV2Request`.
    pub(crate) fn type_name(&self, kind: &str) -> String {
        format!("{}{}{kind}", names::camel(&self.api), self.suffix)
    }

    /// The name of the task.
    pub(crate) fn function(&self) -> String {
        let suffix =
            if self.suffix.is_empty() { Cow::Borrowed("") } else { format!("_{}", names::snake(self.suffix)).into() };
        format!("{}{suffix}", names::snake(&self.api))
    }
}
