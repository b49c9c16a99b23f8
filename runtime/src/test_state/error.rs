//! Why a state cannot be tested.

use stepwright_services::ModelError;

use crate::error::Fault;

/// Why a state cannot be tested. A state that fails is a result, not an error.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TestStateError {
    /// The definition breaks a rule, in the service's words.
    #[error("{0}")]
    InvalidDefinition(String),
    /// The test contradicts itself or its state, in the service's words.
    #[error("{0}")]
    Validation(String),
    /// The input is no JSON.
    #[error("{0}")]
    InvalidExecutionInput(String),
    /// There is no model of an API to compare a mocked result with.
    #[error(
        "there is no model of `{0}` to compare the mocked result with; \
         give models that have it, or turn the validation of fields off"
    )]
    NoModel(String),
    /// A model cannot be read.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The interpreter cannot go on.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl TestStateError {
    /// The code of the service's exception; `None` for what only happens here.
    #[must_use]
    pub fn code(&self) -> Option<&'static str> {
        match self {
            TestStateError::InvalidDefinition(_) => Some("InvalidDefinition"),
            TestStateError::Validation(_) => Some("ValidationException"),
            TestStateError::InvalidExecutionInput(_) => Some("InvalidExecutionInput"),
            TestStateError::NoModel(_) | TestStateError::Model(_) | TestStateError::Fault(_) => None,
        }
    }

    pub(super) fn validation(message: impl Into<String>) -> TestStateError {
        TestStateError::Validation(message.into())
    }
}
