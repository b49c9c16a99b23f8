use crate::json::object;
use crate::{Branch, Catcher, Nullable, QueryLanguage, Retrier};
use serde_json::{Map, Value};

object! {
    /// A Parallel state: several branches at the same time; its result is the array of their outputs.
    pub struct Parallel("a Parallel state") {
        /// Free text for people.
        comment: Option<String> = "Comment",
        /// This state's query language; absent means the machine's. States inside the branches do not inherit it.
        query_language: Option<QueryLanguage> = "QueryLanguage",
        /// JSONPath: which part of the input the state sees; absent means `$`, `null` means `{}`.
        input_path: Option<Nullable<String>> = "InputPath",
        /// JSONPath: the template of the branches' input; absent means the effective input.
        parameters: Option<Value> = "Parameters",
        /// JSONata: the branches' input; absent means the state input.
        arguments: Option<Value> = "Arguments",
        /// The branches, at least one.
        branches: Vec<Branch> = "Branches",
        /// JSONPath: the template that reshapes the raw result; absent means the raw result.
        result_selector: Option<Value> = "ResultSelector",
        /// JSONPath: where in the state input the result goes; absent means `$`, `null` discards it.
        result_path: Option<Nullable<String>> = "ResultPath",
        /// JSONPath: which part of that becomes the output; absent means `$`, `null` means `{}`.
        output_path: Option<Nullable<String>> = "OutputPath",
        /// What to try again, with all branches; the first retrier that names the error is taken.
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
