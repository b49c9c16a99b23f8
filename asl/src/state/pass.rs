use crate::json::object;
use crate::{Nullable, QueryLanguage};
use serde_json::{Map, Value};

object! {
    /// A Pass state: reshapes data and sets variables, without work.
    pub struct Pass("a Pass state") {
        /// Free text for people.
        comment: Option<String> = "Comment",
        /// This state's query language; absent means the machine's.
        query_language: Option<QueryLanguage> = "QueryLanguage",
        /// JSONPath: which part of the input the state sees; absent means `$`, `null` means `{}`.
        input_path: Option<Nullable<String>> = "InputPath",
        /// JSONPath: the template of the result; absent means the effective input.
        parameters: Option<Value> = "Parameters",
        /// JSONPath: the result as it is, not a template; goes before `Parameters`.
        result: Option<Value> = "Result",
        /// JSONPath: where in the state input the result goes; absent means `$`, `null` discards it.
        result_path: Option<Nullable<String>> = "ResultPath",
        /// JSONPath: which part of that becomes the output; absent means `$`, `null` means `{}`.
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
