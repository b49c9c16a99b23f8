use crate::json::object;
use crate::{Catcher, Dynamic, Nullable, QueryLanguage, Retrier};
use serde_json::{Map, Value};

object! {
    /// A Task state: work done outside the state machine.
    pub struct Task("a Task state") {
        /// Free text for people.
        comment: Option<String> = "Comment",
        /// This state's query language; absent means the machine's.
        query_language: Option<QueryLanguage> = "QueryLanguage",
        /// What does the work, see [`crate::Resource`]; never an expression.
        resource: String = "Resource",
        /// As whom the task is called: an object with `RoleArn` (or `RoleArn.$`); absent means the execution's role.
        credentials: Option<Map<String, Value>> = "Credentials",
        /// JSONPath: which part of the input the state sees; absent means `$`, `null` means `{}`.
        input_path: Option<Nullable<String>> = "InputPath",
        /// JSONPath: the payload template of the call; absent means the effective input.
        parameters: Option<Value> = "Parameters",
        /// JSONata: the payload of the call; absent means the state input.
        arguments: Option<Value> = "Arguments",
        /// How long the task may take, in seconds, at least 1; absent means no limit.
        timeout_seconds: Option<Dynamic<u64>> = "TimeoutSeconds",
        /// JSONPath: where in the input the timeout is found; excludes `TimeoutSeconds`.
        timeout_seconds_path: Option<String> = "TimeoutSecondsPath",
        /// The longest time between two heartbeats in seconds, less than the timeout; absent means no limit.
        heartbeat_seconds: Option<Dynamic<u64>> = "HeartbeatSeconds",
        /// JSONPath: where in the input the heartbeat interval is found; excludes `HeartbeatSeconds`.
        heartbeat_seconds_path: Option<String> = "HeartbeatSecondsPath",
        /// JSONPath: the template that reshapes the raw result; absent means the raw result.
        result_selector: Option<Value> = "ResultSelector",
        /// JSONPath: where in the state input the result goes; absent means `$`, `null` discards it.
        result_path: Option<Nullable<String>> = "ResultPath",
        /// JSONPath: which part of that becomes the output; absent means `$`, `null` means `{}`.
        output_path: Option<Nullable<String>> = "OutputPath",
        /// What to try again; the first retrier that names the error is taken.
        retry: Option<Vec<Retrier>> = "Retry",
        /// Where to go on an error that is not (or no longer) retried; the first catcher that names it is taken.
        catch: Option<Vec<Catcher>> = "Catch",
        /// The variables to set, all at once, after success.
        assign: Option<Map<String, Value>> = "Assign",
        /// JSONata: the state's output; absent means the result.
        output: Option<Value> = "Output",
        /// The next state; exactly one of `Next` and `End`.
        next: Option<String> = "Next",
        /// `true` ends the machine here.
        end: Option<bool> = "End",
    }
}
