//! What can go wrong, kept apart: a definition that cannot run, an execution that failed, and the interpreter's own faults.

use stepwright_asl::{Pointer, error_name};

use crate::history::EventId;

/// The interpreter cannot go on: a bug of ours or a part of the States Language that it does not know.
///
/// Never the fault of the workflow, never something a machine could catch, and never swallowed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The machine uses something that this interpreter does not run.
    #[error("the interpreter does not support {0}")]
    Unsupported(String),
    /// The interpreter contradicts itself; please report it.
    #[error("bug in the interpreter: {0}")]
    Bug(String),
}

/// Why a definition cannot be run, every reason found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct CompileError {
    /// The reasons in the order of the document; never empty.
    pub problems: Vec<Problem>,
}

/// One reason why a definition cannot be run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pointer}: {message}")]
pub struct Problem {
    /// Where in the definition.
    pub pointer: Pointer,
    /// What is wrong there.
    pub message: String,
}

/// Why a sequence of states stopped before its end.
#[derive(Debug)]
pub(crate) enum Interruption {
    /// An error that retriers and catchers may handle, here or further out.
    Failed(Failure),
    /// The end of the whole execution, which nothing can catch.
    Ended(Ending),
    Fault(Fault),
}

/// An error with a name, as retriers and catchers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) error: Option<String>,
    pub(crate) cause: Option<String>,
    /// A missed heartbeat shows as a time-out and is matched by a name of its own as well.
    pub(crate) is_heartbeat: bool,
    /// The event that tells of the failure: what comes of it follows this event.
    pub(crate) event: EventId,
}

/// How an execution ends at once, wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    Failed { error: Option<String>, cause: Option<String>, previous: EventId },
    TimedOut,
    Aborted { error: Option<String>, cause: Option<String> },
}

/// What went wrong in a state's work, before it is known which events tell of it.
#[derive(Debug)]
pub(crate) enum StepError {
    Evaluation(EvaluationError),
    Interrupted(Interruption),
}

/// A field of a state could not be evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EvaluationError {
    pub(crate) error: &'static str,
    /// The text after the standard prefix that names the state.
    pub(crate) cause: String,
    /// The field, such as `Output/total`; some messages go without.
    pub(crate) location: Option<String>,
    /// Whether the event of the error follows from the state's entry; most stand beside it.
    pub(crate) follows_entry: bool,
}

impl EvaluationError {
    /// A JSONata field that did not give what it should; `location` is the field.
    pub(crate) fn query(location: Option<&str>, cause: String) -> EvaluationError {
        let location = location.map(str::to_owned);
        EvaluationError { error: error_name::QUERY_EVALUATION_ERROR, cause, location, follows_entry: false }
    }

    /// Data that does not fit a path or a field: ends the execution, nothing catches it.
    pub(crate) fn runtime(cause: impl Into<String>) -> EvaluationError {
        EvaluationError { error: error_name::RUNTIME, cause: cause.into(), location: None, follows_entry: false }
    }
}

impl From<Failure> for Interruption {
    fn from(failure: Failure) -> Self {
        Interruption::Failed(failure)
    }
}

impl From<Fault> for Interruption {
    fn from(fault: Fault) -> Self {
        Interruption::Fault(fault)
    }
}

impl From<EvaluationError> for StepError {
    fn from(error: EvaluationError) -> Self {
        StepError::Evaluation(error)
    }
}

impl From<Interruption> for StepError {
    fn from(interruption: Interruption) -> Self {
        StepError::Interrupted(interruption)
    }
}

impl From<Failure> for StepError {
    fn from(failure: Failure) -> Self {
        StepError::Interrupted(failure.into())
    }
}

impl From<Fault> for StepError {
    fn from(fault: Fault) -> Self {
        StepError::Interrupted(fault.into())
    }
}
