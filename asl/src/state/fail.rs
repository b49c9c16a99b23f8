use crate::json::object;
use crate::{Dynamic, QueryLanguage};

object! {
    /// A Fail state: ends the machine, branch or iteration with an error.
    pub struct Fail("a Fail state") {
        /// Free text for people.
        comment: Option<String> = "Comment",
        /// This state's query language; absent means the machine's.
        query_language: Option<QueryLanguage> = "QueryLanguage",
        /// The error name; absent means none.
        error: Option<Dynamic<String>> = "Error",
        /// JSONPath: where the error name is found, or an intrinsic function; excludes `Error`.
        error_path: Option<String> = "ErrorPath",
        /// The text that explains the error; absent means none.
        cause: Option<Dynamic<String>> = "Cause",
        /// JSONPath: where the cause is found, or an intrinsic function; excludes `Cause`.
        cause_path: Option<String> = "CausePath",
    }
}
