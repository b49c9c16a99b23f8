//! The whole machine, and the smaller machines inside Parallel and Map states.

use crate::State;
use crate::json::{keyword, object};
use indexmap::IndexMap;

/// The states of one `States` block by name, in the order of the document.
pub type States = IndexMap<String, State>;

object! {
    /// A whole state machine, the document that `CreateStateMachine` takes.
    ///
    /// Source: States Language specification, "Top-level fields".
    pub struct StateMachine("a state machine") {
        /// Free text for people.
        comment: Option<String> = "Comment",
        /// The query language of all states that do not name their own; absent means JSONPath.
        query_language: Option<QueryLanguage> = "QueryLanguage",
        /// The version of the States Language; absent means `1.0`, the only one there is.
        version: Option<String> = "Version",
        /// How long an execution may take, in seconds; absent means no limit but the service's own.
        timeout_seconds: Option<u64> = "TimeoutSeconds",
        /// The name of the start state.
        start_at: String = "StartAt",
        /// The states.
        states: States = "States",
    }
}

object! {
    /// One branch of a Parallel state: a machine that runs beside the others, on a copy of the same input.
    pub struct Branch("a branch") {
        /// Free text for people.
        comment: Option<String> = "Comment",
        /// The name of the branch's start state.
        start_at: String = "StartAt",
        /// The branch's states; only these can be transition targets within it.
        states: States = "States",
    }
}

object! {
    /// The machine that a Map state runs for each item.
    pub struct ItemProcessor("an item processor") {
        /// Free text for people.
        comment: Option<String> = "Comment",
        /// Where the iterations run; absent means inline.
        processor_config: Option<ProcessorConfig> = "ProcessorConfig",
        /// The name of the processor's start state.
        start_at: String = "StartAt",
        /// The processor's states; only these can be transition targets within it.
        states: States = "States",
    }
}

object! {
    /// How a Map state runs its iterations.
    pub struct ProcessorConfig("a processor configuration") {
        /// Inside the execution or as child executions; absent means inline.
        mode: Option<ProcessorMode> = "Mode",
        /// The type of the child executions; required in distributed mode, not allowed inline.
        execution_type: Option<ExecutionType> = "ExecutionType",
    }
}

keyword! {
    /// The language of paths and expressions in a state.
    pub enum QueryLanguage {
        /// Paths such as `$.order.id`, intrinsic functions and payload templates; the default.
        JsonPath = "JSONPath",
        /// Expressions between `{%` and `%}`.
        Jsonata = "JSONata",
    }
}

keyword! {
    /// Where the iterations of a Map state run.
    pub enum ProcessorMode {
        /// Inside the execution itself.
        Inline = "INLINE",
        /// As child executions of a Map Run.
        Distributed = "DISTRIBUTED",
    }
}

keyword! {
    /// The type of an execution.
    pub enum ExecutionType {
        /// Durable, exactly once, up to a year.
        Standard = "STANDARD",
        /// At least once, up to five minutes.
        Express = "EXPRESS",
    }
}
