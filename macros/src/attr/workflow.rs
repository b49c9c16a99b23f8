//! `#[workflow(…)]`

use proc_macro2::TokenStream;
use syn::LitStr;

use super::Options;
use crate::{diagnostic, errors::Errors};

const VALID: &[&str] = &["express", "inline", "timeout", "name", "max_transitions"];
/// The States Language's greatest `TimeoutSeconds`.
const LONGEST: u64 = 99_999_999;

/// What a workflow asks for.
pub(crate) struct WorkflowOptions {
    pub(crate) express: bool,
    pub(crate) inline: bool,
    /// In seconds.
    pub(crate) timeout: Option<u64>,
    pub(crate) name: Option<String>,
    pub(crate) max_transitions: Option<u64>,
}

impl WorkflowOptions {
    pub(crate) fn parse(tokens: TokenStream, errors: &Errors) -> Self {
        let mut options = Options::parse(tokens, VALID, errors);
        let name = options.text("name").map(|name| checked_name(&name, errors));
        WorkflowOptions {
            express: options.flag("express"),
            inline: options.flag("inline"),
            timeout: options.seconds("timeout", 1..=LONGEST),
            name,
            max_transitions: options.integer("max_transitions", 1..=25_000),
        }
    }
}

/// A name that a state machine and a file may have.
fn checked_name(name: &LitStr, errors: &Errors) -> String {
    let value = name.value();
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    if value.is_empty() || value.len() > 80 || !value.chars().all(allowed) {
        errors.report(name.span(), &diagnostic::WORKFLOW_NAME);
    }
    value
}
