//! The error names that the States Language reserves.
//!
//! Any other string is a custom name: that of a Lambda function's exception, of a service's error, or of a Fail
//! state. Names are compared whole and by case.

/// In `ErrorEquals`: every error. Must stand alone, in the last retrier or catcher.
pub const ALL: &str = "States.ALL";

/// In `ErrorEquals`: every error but [`TIMEOUT`]. Also a name of its own: a job that ended badly.
pub const TASK_FAILED: &str = "States.TaskFailed";

/// A task took longer than `TimeoutSeconds`, or missed a heartbeat.
pub const TIMEOUT: &str = "States.Timeout";

/// In `ErrorEquals`: a task missed a heartbeat. The error output calls it [`TIMEOUT`] all the same.
pub const HEARTBEAT_TIMEOUT: &str = "States.HeartbeatTimeout";

/// The task's code could not be called for lack of privileges.
pub const PERMISSIONS: &str = "States.Permissions";

/// An error of the machine itself, such as a path that leads nowhere. No retrier and no catcher matches it.
pub const RUNTIME: &str = "States.Runtime";

/// A JSONata expression failed or gave a value of the wrong type.
pub const QUERY_EVALUATION_ERROR: &str = "States.QueryEvaluationError";

/// A payload is larger than 256 KiB.
pub const DATA_LIMIT_EXCEEDED: &str = "States.DataLimitExceeded";

/// JSONPath: `ResultPath` does not fit the state's input.
pub const RESULT_PATH_MATCH_FAILURE: &str = "States.ResultPathMatchFailure";

/// JSONPath: a path in a payload template leads nowhere. The service reports [`RUNTIME`] instead.
pub const PARAMETER_PATH_FAILURE: &str = "States.ParameterPathFailure";

/// JSONPath: an intrinsic function failed.
pub const INTRINSIC_FAILURE: &str = "States.IntrinsicFailure";

/// A branch of a Parallel state failed. The service reports the branch's own error instead.
pub const BRANCH_FAILED: &str = "States.BranchFailed";

/// No rule of a Choice state was true and it has no default. The service reports [`RUNTIME`] instead.
pub const NO_CHOICE_MATCHED: &str = "States.NoChoiceMatched";

/// More items of a distributed Map failed than it tolerates.
pub const EXCEED_TOLERATED_FAILURE_THRESHOLD: &str = "States.ExceedToleratedFailureThreshold";

/// The item reader of a distributed Map failed.
pub const ITEM_READER_FAILED: &str = "States.ItemReaderFailed";

/// The result writer of a distributed Map failed.
pub const RESULT_WRITER_FAILED: &str = "States.ResultWriterFailed";

/// An HTTP task got no answer in time.
pub const HTTP_SOCKET: &str = "States.Http.Socket";

/// With a status code after it: an HTTP task got an answer other than success.
pub const HTTP_STATUS_CODE_PREFIX: &str = "States.Http.StatusCode.";

/// The prefix of all reserved names.
pub const RESERVED_PREFIX: &str = "States.";

/// Whether `name` is one that the States Language defines.
#[must_use]
pub fn is_defined(name: &str) -> bool {
    DEFINED.contains(&name) || name.starts_with(HTTP_STATUS_CODE_PREFIX)
}

const DEFINED: [&str; 17] = [
    ALL,
    TASK_FAILED,
    TIMEOUT,
    HEARTBEAT_TIMEOUT,
    PERMISSIONS,
    RUNTIME,
    QUERY_EVALUATION_ERROR,
    DATA_LIMIT_EXCEEDED,
    RESULT_PATH_MATCH_FAILURE,
    PARAMETER_PATH_FAILURE,
    INTRINSIC_FAILURE,
    BRANCH_FAILED,
    NO_CHOICE_MATCHED,
    EXCEED_TOLERATED_FAILURE_THRESHOLD,
    ITEM_READER_FAILED,
    RESULT_WRITER_FAILED,
    HTTP_SOCKET,
];
