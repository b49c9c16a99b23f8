//! HTTP statuses in the names of errors.

use stepwright_codegen::stage::{self, Builder, WorkflowValue};

/// The three digits behind a prefix.
#[must_use]
pub fn status(name: &str, prefix: &str) -> Option<u16> {
    let digits = name.strip_prefix(prefix)?;
    let is_status = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_status.then(|| digits.parse().ok()).flatten()
}

/// What stands for the function in a workflow.
#[expect(non_camel_case_types, reason = "has the name of the function that it stands for")]
#[derive(Debug)]
pub struct status {}

impl status {
    /// The staged call.
    pub fn stage(
        ((_, name), prefix): ((Builder, WorkflowValue<String>), WorkflowValue<String>),
    ) -> WorkflowValue<Option<u16>> {
        stage::status(name, prefix)
    }
}
