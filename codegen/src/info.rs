//! What the attributes say of tasks and workflows, as data.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};
use stepwright_asl::Pattern;

use crate::position::Position;

/// A `#[task]`.
#[derive(Debug)]
pub struct TaskInfo {
    /// The name: the function's, or `#[task(name = "…")]`.
    pub name: &'static str,
    /// The function's name.
    pub ident: &'static str,
    /// The module it stands in.
    pub module: &'static str,
    /// The file it stands in, as rustc was given it.
    pub file: &'static str,
    /// Its line, from 1.
    pub line: u32,
    /// Its column, from 1.
    pub column: u32,
    /// Its doc comment; empty if it has none.
    pub docs: &'static str,
    /// The names of its parameters.
    pub params: &'static [&'static str],
    /// The parameter that takes the task token, apart from those; callers leave it out.
    pub token: Option<&'static str>,
    /// Who does the work.
    pub kind: TaskKind,
    /// The time-out, in seconds.
    pub timeout: Option<u64>,
    /// The longest time between two heartbeats, in seconds.
    pub heartbeat: Option<u64>,
    /// Its retriers, in order.
    pub retry: &'static [RetryInfo],
    /// Whether its body is in this program.
    pub has_body: bool,
}

/// Who does the work of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskKind {
    /// A Lambda function of the task's name.
    Lambda,
    /// A worker that polls an activity of the task's name.
    Activity,
    /// A Lambda function that hands its token to whoever answers.
    WaitForTaskToken,
    /// `#[task(resource = "arn:…")]`: whatever is behind this resource.
    Resource(&'static str),
}

/// A `retry(…)` of a task.
#[derive(Clone, Copy)]
pub struct RetryInfo {
    /// The error names; none means all.
    pub on: fn() -> Vec<String>,
    /// Seconds before the first retry; 1 if not given.
    pub interval: Option<u64>,
    /// What each next interval is multiplied by; 2 if not given.
    pub backoff: Option<f64>,
    /// How many retries; 3 if not given.
    pub max_attempts: Option<u64>,
    /// The longest interval, in seconds; no limit if not given.
    pub max_delay: Option<u64>,
    /// Whether intervals are randomised; not if not given.
    pub jitter: Option<Jitter>,
}

/// Whether the intervals between retries are randomised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Jitter {
    /// Each interval is used as it is.
    None,
    /// Each interval is a random one, up to what it would be.
    Full,
}

/// A `#[workflow]`.
#[derive(Debug)]
pub struct WorkflowInfo {
    /// The name: the function's, or `#[workflow(name = "…")]`.
    pub name: &'static str,
    /// The function's name.
    pub ident: &'static str,
    /// The module it stands in.
    pub module: &'static str,
    /// The file it stands in, as rustc was given it.
    pub file: &'static str,
    /// Its line, from 1.
    pub line: u32,
    /// Its column, from 1.
    pub column: u32,
    /// Its doc comment; empty if it has none.
    pub docs: &'static str,
    /// The names of its parameters.
    pub params: &'static [&'static str],
    /// `#[workflow(express)]`
    pub express: bool,
    /// The time-out of an execution, in seconds.
    pub timeout: Option<u64>,
    /// `#[workflow(inline)]`: a call from another workflow inlines the states.
    pub inline: bool,
    /// `#[workflow(max_transitions = …)]`: more transitions on any path are a mistake.
    pub max_transitions: Option<u64>,
}

impl TaskKind {
    /// Whether the work is done by a Lambda function that gets the arguments as its event.
    #[must_use]
    pub fn is_function(self) -> bool {
        matches!(self, TaskKind::Lambda | TaskKind::WaitForTaskToken)
    }
}

impl TaskInfo {
    /// Whether it ends when somebody answers its token. The token is the argument [`token`](TaskInfo::token), or stands in the
    /// request.
    #[must_use]
    pub fn waits_for_token(&self) -> bool {
        match self.kind {
            TaskKind::WaitForTaskToken => true,
            TaskKind::Resource(resource) => resource.ends_with(Pattern::WaitForTaskToken.suffix()),
            TaskKind::Lambda | TaskKind::Activity => false,
        }
    }

    /// Where the task stands.
    #[must_use]
    pub fn position(&self) -> Position {
        Position { file: self.file, line: self.line, column: self.column }
    }

    /// The time-out.
    #[must_use]
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout.map(Duration::from_secs)
    }

    /// What stands for the ARN of the activity in a machine, for deployment to fill in: region and account are not known here.
    #[must_use]
    pub fn activity_placeholder(&self) -> String {
        format!("${{{}}}", self.activity_substitution())
    }

    /// The name of that placeholder, by which deployment is told what to fill in.
    #[must_use]
    pub fn activity_substitution(&self) -> String {
        let word: String = self.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        format!("{word}_activity")
    }

    /// The longest time between two heartbeats.
    #[must_use]
    pub fn heartbeat(&self) -> Option<Duration> {
        self.heartbeat.map(Duration::from_secs)
    }
}

impl WorkflowInfo {
    /// Where the workflow stands.
    #[must_use]
    pub fn position(&self) -> Position {
        Position { file: self.file, line: self.line, column: self.column }
    }
}

impl fmt::Debug for RetryInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryInfo")
            .field("on", &(self.on)())
            .field("interval", &self.interval)
            .field("backoff", &self.backoff)
            .field("max_attempts", &self.max_attempts)
            .field("max_delay", &self.max_delay)
            .field("jitter", &self.jitter)
            .finish()
    }
}
