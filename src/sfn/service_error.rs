//! What the errors of the service mean.

use std::{error::Error, iter};

use aws_sdk_sfn::{
    config::http::HttpResponse,
    error::{ProvideErrorMetadata, SdkError},
};

use super::Refusal;
use crate::TokenError;

/// Why a call that waits could not be told.
pub(super) fn of_token<E>(error: &SdkError<E, HttpResponse>) -> Refusal
where
    E: ProvideErrorMetadata + Error + 'static,
{
    let is_passing = is_passing(error);
    let error = match error.code() {
        Some("TaskTimedOut") => TokenError::TimedOut,
        Some("TaskDoesNotExist") => TokenError::Unknown,
        Some("InvalidToken") => TokenError::Invalid,
        Some("InvalidOutput") => TokenError::InvalidOutput(text(error)),
        _ => TokenError::Service(text(error)),
    };
    Refusal { error, is_passing }
}

/// Whether the same request may go well later.
pub(super) fn is_passing<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> bool {
    const CODES: [&str; 6] = [
        "ActivityWorkerLimitExceeded",
        "ThrottlingException",
        "Throttling",
        "RequestLimitExceeded",
        "TooManyRequestsException",
        "KmsThrottlingException",
    ];
    match error {
        SdkError::ServiceError(refused) => {
            error.code().is_some_and(|code| CODES.contains(&code)) || refused.raw().status().as_u16() >= 500
        }
        SdkError::TimeoutError(_) | SdkError::DispatchFailure(_) | SdkError::ResponseError(_) => true,
        _ => false,
    }
}

/// The error in a line: the name and the message of the service, or all that led to it.
pub(super) fn text<E, R>(error: &SdkError<E, R>) -> String
where
    E: ProvideErrorMetadata + Error + 'static,
    R: std::fmt::Debug,
{
    match (error.code(), error.message()) {
        (Some(code), Some(message)) => format!("{code}: {message}"),
        (Some(code), None) => code.to_owned(),
        (None, _) => {
            let all = iter::successors(Some(error as &dyn Error), |&error| error.source());
            all.map(ToString::to_string).collect::<Vec<_>>().join(": ")
        }
    }
}
