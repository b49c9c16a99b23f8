use crate::json::object;
use crate::{Dynamic, Nullable, QueryLanguage};
use serde_json::{Map, Value};

object! {
    /// A Wait state: a delay, or a pause until a point in time. Exactly one of the four fields says which.
    pub struct Wait("a Wait state") {
        /// Free text for people.
        comment: Option<String> = "Comment",
        /// This state's query language; absent means the machine's.
        query_language: Option<QueryLanguage> = "QueryLanguage",
        /// JSONPath: which part of the input the state sees; absent means `$`, `null` means `{}`.
        input_path: Option<Nullable<String>> = "InputPath",
        /// The delay in seconds, 0 to 99,999,999.
        seconds: Option<Dynamic<u64>> = "Seconds",
        /// JSONPath: where in the input the delay is found.
        seconds_path: Option<String> = "SecondsPath",
        /// The point in time, in RFC 3339 form such as `2016-03-14T01:59:00Z`.
        timestamp: Option<Dynamic<String>> = "Timestamp",
        /// JSONPath: where in the input the point in time is found.
        timestamp_path: Option<String> = "TimestampPath",
        /// JSONPath: which part of the input becomes the output; absent means `$`, `null` means `{}`.
        output_path: Option<Nullable<String>> = "OutputPath",
        /// The variables to set, all at once.
        assign: Option<Map<String, Value>> = "Assign",
        /// JSONata: the state's output; absent means the state input.
        output: Option<Value> = "Output",
        /// The next state; exactly one of `Next` and `End`.
        next: Option<String> = "Next",
        /// `true` ends the machine here.
        end: Option<bool> = "End",
    }
}
