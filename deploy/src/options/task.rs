//! Options of tasks that are Lambda functions.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::arn::Arn;

/// The options of a task.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TaskOptions {
    /// Memory in MiB, 128 to 10240; 256 if not given. The share of a processor grows with it.
    pub memory: Option<u64>,
    /// How long a call may take, in seconds, 1 to 900; the task's own time-out if not given, and 60 if it has none.
    pub timeout: Option<u64>,
    /// Environment variables, in addition to those of the defaults. In the values, `${AWS::Partition}`, `${AWS::Region}` and
    /// `${AWS::AccountId}` are those of the deployment.
    pub environment: BTreeMap<String, String>,
    /// ARNs of layers, with their versions.
    pub layers: Option<Vec<Arn>>,
    /// Subnets, for functions in a VPC; security groups are needed as well. Empty lists of both are no VPC.
    pub subnets: Option<Vec<String>>,
    /// Security groups, for functions in a VPC.
    pub security_groups: Option<Vec<String>>,
    /// Whether calls are traced with X-Ray; not if not given.
    pub tracing: Option<bool>,
    /// How many days logs are kept; 30 if not given.
    pub retention: Option<u64>,
    /// ARNs of policies that exist already, for the function's role; in addition to those of the defaults.
    pub policies: Vec<Arn>,
    /// What else the function may do; in addition to those of the defaults.
    pub allow: Vec<Statement>,
}

/// Something that a role may do.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Such as `dynamodb:GetItem`.
    pub actions: Vec<String>,
    /// With what; in an ARN, `${AWS::Partition}`, `${AWS::Region}` and `${AWS::AccountId}` are those of the deployment.
    pub resources: Vec<Arn>,
}

impl TaskOptions {
    /// These options, or else those.
    #[must_use]
    pub(super) fn or(self, defaults: &Self) -> Self {
        let mut environment = defaults.environment.clone();
        environment.extend(self.environment);
        TaskOptions {
            memory: self.memory.or(defaults.memory),
            timeout: self.timeout.or(defaults.timeout),
            environment,
            layers: self.layers.or_else(|| defaults.layers.clone()),
            subnets: self.subnets.or_else(|| defaults.subnets.clone()),
            security_groups: self.security_groups.or_else(|| defaults.security_groups.clone()),
            tracing: self.tracing.or(defaults.tracing),
            retention: self.retention.or(defaults.retention),
            policies: [defaults.policies.clone(), self.policies].concat(),
            allow: [defaults.allow.clone(), self.allow].concat(),
        }
    }
}
