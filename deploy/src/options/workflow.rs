//! Options of workflows.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{ApiTrigger, EventTrigger, IotTrigger, ScheduleTrigger, Statement};
use crate::arn::Arn;

/// The options of a workflow. Whether it is express, the workflow itself says.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WorkflowOptions {
    /// What is logged.
    pub logging: LoggingOptions,
    /// Whether executions are traced with X-Ray; not if not given.
    pub tracing: Option<bool>,
    /// The key that encrypts definition and executions; one of AWS's own if not given.
    pub encryption: Option<EncryptionOptions>,
    /// What raises alarms; nothing if not given.
    pub alarms: Option<AlarmOptions>,
    /// An alias that moves to each new version step by step; none if not given. Triggers start it instead of the newest
    /// revision.
    pub alias: Option<AliasOptions>,
    /// What arguments can be that decide what the machine may do, see [`iam::Options::arguments`](crate::iam::Options); in addition
    /// to those of the defaults.
    pub arguments: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// What else the machine may do, where its definition leaves that open; in addition to those of the defaults.
    pub allow: Vec<Statement>,
    /// When executions start by the clock.
    pub schedule: Vec<ScheduleTrigger>,
    /// Which events of EventBridge start executions.
    pub event: Vec<EventTrigger>,
    /// Which requests of a REST API start executions.
    pub api: Vec<ApiTrigger>,
    /// Which messages of devices start executions.
    pub iot: Vec<IotTrigger>,
}

/// What is logged of executions.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LoggingOptions {
    /// Which events; `error` if not given, and `all` for express workflows, of which there is no other history.
    pub level: Option<LogLevel>,
    /// Whether input and output are logged as well; not if not given.
    pub data: Option<bool>,
    /// How many days logs are kept; 30 if not given.
    pub retention: Option<u64>,
}

/// Which events of executions are logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    /// All.
    All,
    /// Errors.
    Error,
    /// Errors that end executions.
    Fatal,
    /// None.
    Off,
}

/// The key that encrypts definition and executions.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EncryptionOptions {
    /// The ARN of the key.
    pub key: Arn,
    /// How many seconds a data key is used again, 60 to 900; 300 if not given.
    pub reuse: Option<u64>,
}

/// What raises alarms.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AlarmOptions {
    /// What is told: SNS topics, for instance.
    pub actions: Vec<Arn>,
    /// Whether executions that fail raise one.
    pub failed: bool,
    /// Whether executions that time out raise one.
    pub timed_out: bool,
    /// Whether executions that are aborted raise one.
    pub aborted: bool,
    /// Whether starts that are throttled raise one.
    pub throttled: bool,
    /// How many seconds are looked at, a multiple of 60, up to a day; 300 if not given.
    pub period: u64,
}

/// An alias, and how it moves to a new version.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AliasOptions {
    /// Its name, of letters, digits and `-._`, not digits alone; `live` if not given.
    pub name: String,
    /// How it moves; all at once if not given.
    pub shift: Shift,
    /// The share of executions that a step moves, in percent, 1 to 99; 10 if not given.
    pub percentage: u64,
    /// How many minutes a step lasts, 1 to 2100; 5 if not given.
    pub interval: u64,
}

/// How an alias moves to a new version. The workflow's alarms undo it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shift {
    /// In one step.
    #[default]
    AllAtOnce,
    /// In two steps.
    Canary,
    /// In equal steps.
    Linear,
}

impl WorkflowOptions {
    /// These options, or else those. Triggers are those of either.
    #[must_use]
    pub(super) fn or(self, defaults: &Self) -> Self {
        let mut arguments = defaults.arguments.clone();
        arguments.extend(self.arguments);
        WorkflowOptions {
            arguments,
            logging: LoggingOptions {
                level: self.logging.level.or(defaults.logging.level),
                data: self.logging.data.or(defaults.logging.data),
                retention: self.logging.retention.or(defaults.logging.retention),
            },
            tracing: self.tracing.or(defaults.tracing),
            encryption: self.encryption.or_else(|| defaults.encryption.clone()),
            alarms: self.alarms.or_else(|| defaults.alarms.clone()),
            alias: self.alias.or_else(|| defaults.alias.clone()),
            allow: [defaults.allow.clone(), self.allow].concat(),
            schedule: [defaults.schedule.clone(), self.schedule].concat(),
            event: [defaults.event.clone(), self.event].concat(),
            api: [defaults.api.clone(), self.api].concat(),
            iot: [defaults.iot.clone(), self.iot].concat(),
        }
    }
}

impl Default for AlarmOptions {
    fn default() -> Self {
        AlarmOptions { actions: Vec::new(), failed: true, timed_out: true, aborted: true, throttled: true, period: 300 }
    }
}

impl Default for AliasOptions {
    fn default() -> Self {
        AliasOptions { name: "live".to_owned(), shift: Shift::default(), percentage: 10, interval: 5 }
    }
}

impl LogLevel {
    /// What AWS calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            LogLevel::All => "ALL",
            LogLevel::Error => "ERROR",
            LogLevel::Fatal => "FATAL",
            LogLevel::Off => "OFF",
        }
    }
}

impl Shift {
    /// What AWS calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Shift::AllAtOnce => "ALL_AT_ONCE",
            Shift::Canary => "CANARY",
            Shift::Linear => "LINEAR",
        }
    }
}
