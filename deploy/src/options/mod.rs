//! What the author of a program wants of its deployment: `Stepwright.toml`, beside the `Cargo.toml`.
//!
//! Everything has a default, so no file is needed. Keys that are not known are refused.

mod architecture;
mod error;
mod event_pattern;
mod schedule;
mod task;
mod trigger;
mod workflow;

pub use architecture::Architecture;
pub use error::OptionsError;
pub use event_pattern::{EventPattern, NoEventPattern};
pub use schedule::{NoSchedule, ScheduleExpression};
pub use task::{Statement, TaskOptions};
pub use trigger::{ApiTrigger, Authorization, EventTrigger, IotTrigger, Method, Route, ScheduleTrigger};
pub use workflow::{AlarmOptions, AliasOptions, EncryptionOptions, LogLevel, LoggingOptions, Shift, WorkflowOptions};

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::arn::Arn;

/// The options of a stack.
///
/// ```
/// use stepwright_deploy::options::Options;
///
/// let options = Options::from_toml(
///     r#"
///     name = "shop"
///
///     [substitutions]
///     orders_table = "orders-live"
///
///     [defaults.task]
///     memory = 512
///
///     [task.charge]
///     timeout = 20
///     environment = { GATEWAY = "https://pay.example.com" }
///
///     [workflow.fulfil]
///     tracing = true
///     logging = { level = "all", data = true }
///
///     [[workflow.fulfil.schedule]]
///     expression = "rate(1 hour)"
///     input = { items = [] }
///     "#,
/// )?;
/// assert_eq!(options.task("charge").memory, Some(512));
/// assert_eq!(options.task("charge").timeout, Some(20));
///
/// let error = Options::from_toml("[task.charge]\nmemroy = 512").unwrap_err();
/// assert_eq!(error.help(), Some("did you mean `memory`?"));
/// # Ok::<(), stepwright_deploy::options::OptionsError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The name of the stack; that of the package if not given.
    pub name: Option<String>,
    /// The processor of all Lambda functions, which are one program; `arm64` if not given.
    pub architecture: Architecture,
    /// Tags of all resources.
    pub tags: BTreeMap<String, String>,
    /// What stands for the placeholders `${NAME}` of the machines: names of resources that exist already. In the values,
    /// `${AWS::Partition}`, `${AWS::Region}` and `${AWS::AccountId}` are those of the deployment.
    pub substitutions: BTreeMap<String, String>,
    /// The keys of customers that encrypt buckets, queues and topics, by the name of the bucket, queue or topic.
    pub keys: BTreeMap<String, Arn>,
    /// Options of all tasks and workflows that do not have their own.
    pub defaults: Defaults,
    /// Options of tasks, by name.
    pub task: BTreeMap<String, TaskOptions>,
    /// Options of workflows, by name.
    pub workflow: BTreeMap<String, WorkflowOptions>,
    /// What only the manifests for Kubernetes need.
    pub kubernetes: KubernetesOptions,
}

/// Options of all tasks and workflows that do not have their own.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Defaults {
    /// Of tasks.
    pub task: TaskOptions,
    /// Of workflows.
    pub workflow: WorkflowOptions,
}

/// What only the manifests for Kubernetes need. They have no references, so the place of the deployment stands in them.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KubernetesOptions {
    /// The namespace; `default` if not given.
    pub namespace: Option<String>,
    /// The partition; that of the region if not given.
    pub partition: Option<String>,
    /// The region, such as `eu-west-1`; without it there are no manifests.
    pub region: Option<String>,
    /// The account, twelve digits; without it there are no manifests.
    pub account: Option<String>,
    /// The bucket with the code of the functions, `bootstrap.zip`; without it there are no manifests if there are functions.
    pub code_bucket: Option<String>,
    /// Its key; `bootstrap.zip` if not given.
    pub code_key: Option<String>,
}

impl Options {
    /// Reads the text of a `Stepwright.toml`.
    ///
    /// # Errors
    ///
    /// The first thing that is not TOML, no known key, or no value for its key.
    pub fn from_toml(text: &str) -> Result<Self, OptionsError> {
        toml::from_str(text).map_err(|error| OptionsError::new(&error, text))
    }

    /// The options of a task: its own, or else the defaults.
    #[must_use]
    pub fn task(&self, name: &str) -> TaskOptions {
        self.task.get(name).cloned().unwrap_or_default().or(&self.defaults.task)
    }

    /// The options of a workflow: its own, or else the defaults.
    #[must_use]
    pub fn workflow(&self, name: &str) -> WorkflowOptions {
        self.workflow.get(name).cloned().unwrap_or_default().or(&self.defaults.workflow)
    }
}
