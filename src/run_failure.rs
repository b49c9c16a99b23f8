//! Why a run failed.

use std::fmt;

use stepwright_codegen::{error::TaskFailure, outcome::Outcome};

use crate::{answer::Answer, local::FailurePlace};

/// Why a run of a workflow failed: the error name and the cause, and the error itself where the workflow's error type
/// can hold it.
///
/// Two are equal that name the same error, wherever it came from.
#[derive(Clone, Debug)]
pub struct RunFailure<E> {
    /// The error name.
    pub name: String,
    /// The text that explains it, if there is any.
    pub cause: Option<String>,
    /// The error, decoded.
    pub error: Option<E>,
    /// Where in the source a local run failed; native runs do not know.
    pub place: Option<FailurePlace>,
}

impl<E: PartialEq> PartialEq for RunFailure<E> {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.cause, &self.error) == (&other.name, &other.cause, &other.error)
    }
}

impl<E> fmt::Display for RunFailure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cause {
            Some(cause) => write!(f, "the workflow failed with `{}`: {cause}", self.name)?,
            None => write!(f, "the workflow failed with `{}`", self.name)?,
        }
        self.place.as_ref().map_or(Ok(()), |place| write!(f, "\n{place}"))
    }
}

impl<E: fmt::Debug> std::error::Error for RunFailure<E> {}

/// What a workflow returned, given how its run ended.
pub(crate) fn result_of<O: Outcome>(
    answer: Answer,
    place: Option<&FailurePlace>,
) -> Result<O::Value, RunFailure<O::Error>> {
    let failure = match answer.map(serde_json::from_value) {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(error)) => TaskFailure::new(TaskFailure::INVALID_RESULT, error.to_string()),
        Err(failure) => failure,
    };
    let error = O::error_of(&failure);
    // A Fail state without a cause is what an error with an empty one becomes.
    let cause = failure.cause.filter(|cause| !cause.is_empty());
    Err(RunFailure { name: failure.name, cause, error, place: place.cloned() })
}

#[cfg(test)]
mod tests {
    use stepwright_codegen::error::Failure;

    use super::*;

    #[test]
    fn an_empty_cause_is_none() {
        let cause = |cause: &str| {
            let failure = TaskFailure::new("States.Timeout", cause);
            result_of::<Result<u32, Failure>>(Err(failure), None).unwrap_err().cause
        };
        assert_eq!(cause(""), None);
        assert_eq!(cause("late"), Some("late".to_owned()));
    }
}
