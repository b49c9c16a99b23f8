use crate::json::object;
use crate::{ChoiceRule, Nullable, QueryLanguage};
use serde_json::{Map, Value};

object! {
    /// A Choice state: goes where the first choice rule that is true leads.
    pub struct Choice("a Choice state") {
        /// Free text for people.
        comment: Option<String> = "Comment",
        /// This state's query language; absent means the machine's.
        query_language: Option<QueryLanguage> = "QueryLanguage",
        /// JSONPath: which part of the input the state sees; absent means `$`, `null` means `{}`.
        input_path: Option<Nullable<String>> = "InputPath",
        /// JSONPath: which part of the input becomes the output; absent means `$`, `null` means `{}`.
        output_path: Option<Nullable<String>> = "OutputPath",
        /// The rules in the order they are tried, at least one.
        choices: Vec<ChoiceRule> = "Choices",
        /// The variables to set when `Default` is taken.
        assign: Option<Map<String, Value>> = "Assign",
        /// JSONata: the output when `Default` is taken; absent means the state input.
        output: Option<Value> = "Output",
        /// Where to go when no rule is true; absent means that the execution fails.
        default: Option<String> = "Default",
    }
}
