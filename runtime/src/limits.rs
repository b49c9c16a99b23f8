//! The service's quotas, as errors of the execution.

/// How much an execution may hold; the default is what the service allows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The longest JSON text of a state's, task's or execution's input or output, in bytes; also of what one `Assign` sets.
    pub payload_bytes: usize,
    /// The number of events in the history of a standard execution; the last one tells of the failure.
    pub history_events: u64,
    /// The longest JSON text of all variables together, in bytes.
    pub variables_bytes: usize,
    /// How long one expression may be evaluated, in milliseconds.
    pub expression_milliseconds: u64,
    /// How long an express execution may take, in seconds.
    pub express_seconds: u64,
    /// How many iterations of an inline Map run at the same time at most.
    pub map_concurrency: usize,
    /// How many child executions of a distributed Map run at the same time at most.
    pub distributed_concurrency: usize,
    /// How many executions one execution may start, directly or through others.
    pub nested_executions: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            payload_bytes: 262_144,
            history_events: 25_000,
            variables_bytes: 10 * 1024 * 1024,
            expression_milliseconds: 5_000,
            express_seconds: 300,
            map_concurrency: 40,
            distributed_concurrency: 10_000,
            nested_executions: 10_000,
        }
    }
}

impl Limits {
    /// No limits but the time that one expression may take.
    #[must_use]
    pub fn none() -> Self {
        Limits {
            payload_bytes: usize::MAX,
            history_events: u64::MAX,
            variables_bytes: usize::MAX,
            express_seconds: u64::MAX,
            map_concurrency: usize::MAX,
            distributed_concurrency: usize::MAX,
            nested_executions: usize::MAX,
            ..Limits::default()
        }
    }
}
