use crate::json::object;
use crate::{Nullable, QueryLanguage};
use serde_json::Value;

object! {
    /// A Succeed state: ends the machine, branch or iteration well.
    pub struct Succeed("a Succeed state") {
        /// Free text for people.
        comment: Option<String> = "Comment",
        /// This state's query language; absent means the machine's.
        query_language: Option<QueryLanguage> = "QueryLanguage",
        /// JSONPath: which part of the input the state sees; absent means `$`, `null` means `{}`.
        input_path: Option<Nullable<String>> = "InputPath",
        /// JSONPath: which part of that becomes the output; absent means `$`, `null` means `{}`.
        output_path: Option<Nullable<String>> = "OutputPath",
        /// JSONata: the state's output; absent means the state input.
        output: Option<Value> = "Output",
    }
}
