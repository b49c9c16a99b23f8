//! What a Task, Parallel or Map state does about errors.

use crate::Nullable;
use crate::json::{keyword, object};
use serde_json::{Map, Number, Value};

object! {
    /// An entry of `Retry`: which errors lead to another attempt, and after how long.
    ///
    /// Before the k-th attempt made by this retrier the state waits
    /// `min(IntervalSeconds · BackoffRate^(k-1), MaxDelaySeconds)`. None of the fields can be an expression.
    pub struct Retrier("a retrier") {
        /// Free text for people.
        comment: Option<String> = "Comment",
        /// The error names it is for, not empty; see [`crate::error_name`] for the wildcards.
        error_equals: Vec<String> = "ErrorEquals",
        /// The delay before the first retry in seconds, 1 to 99,999,999; absent means 1.
        interval_seconds: Option<u64> = "IntervalSeconds",
        /// How many retries, 0 to 99,999,999, with 0 for none; absent means 3.
        max_attempts: Option<u64> = "MaxAttempts",
        /// By what each further delay is multiplied, at least 1; absent means 2.
        backoff_rate: Option<Number> = "BackoffRate",
        /// The longest delay in seconds, more than `IntervalSeconds`, at most 31,622,400; absent means no bound.
        max_delay_seconds: Option<u64> = "MaxDelaySeconds",
        /// Whether delays are randomised; absent means they are not.
        jitter_strategy: Option<JitterStrategy> = "JitterStrategy",
    }
}

object! {
    /// An entry of `Catch`: which errors lead to which state.
    pub struct Catcher("a catcher") {
        /// Free text for people.
        comment: Option<String> = "Comment",
        /// The error names it is for, not empty; see [`crate::error_name`] for the wildcards.
        error_equals: Vec<String> = "ErrorEquals",
        /// JSONPath: where in the state input the error output goes; absent means `$`, `null` discards it.
        result_path: Option<Nullable<String>> = "ResultPath",
        /// The variables to set when this catcher is taken.
        assign: Option<Map<String, Value>> = "Assign",
        /// JSONata: the input of the next state; absent means the error output, `{"Error": …, "Cause": …}`.
        output: Option<Value> = "Output",
        /// The state to go to.
        next: String = "Next",
    }
}

impl Retrier {
    /// How many retries it makes, with the default.
    #[must_use]
    pub fn most_attempts(&self) -> u64 {
        self.max_attempts.unwrap_or(3)
    }
}

keyword! {
    /// How the delays of a retrier are randomised.
    pub enum JitterStrategy {
        /// Evenly between 0 and the delay.
        Full = "FULL",
        /// Not at all; the default.
        None = "NONE",
    }
}
