//! Errors that travel by name: between a task and a machine, and out of an execution.
//!
//! A failure is an error name and a cause. The name of an error enum's variant is `Enum.Variant`, or what
//! `#[asl(error = "…")]` says; the cause is the JSON text of the value, as serde writes it. A Lambda function reports the two as
//! `errorType` and `errorMessage`, and the machine then sees the JSON text of that report as the cause: reading accepts both.
//!
//! Some variants stand for errors that others make: the reserved names of the States Language (`States.Timeout`), the errors of
//! services (`#[asl(error = "S3.NoSuchKeyException", foreign)]`), and every name that no variant has (`#[asl(other)]`). Their cause is a text,
//! not JSON of ours; their fields, in order, take the cause, or the name and the cause. A variant named `States.TaskFailed` is this
//! error only, though a catcher of that name takes every error but a time-out.

mod failure;
mod wire;

pub use failure::Failure;

use std::{borrow::Cow, fmt};

use crate::data::Data;

/// A variant of an error enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorVariant {
    /// The Rust name.
    pub ident: &'static str,
    /// The error name; empty for `#[asl(other)]`.
    pub name: &'static str,
    /// `#[asl(other)]`: takes every name that no other variant has.
    pub other: bool,
    /// `#[asl(foreign)]`: a service reports this error, with a cause in its own words.
    pub foreign: bool,
}

impl ErrorVariant {
    /// What matches this variant in `ErrorEquals`.
    #[must_use]
    pub fn error_equals(&self) -> &'static str {
        if self.other { "States.ALL" } else { self.name }
    }

    /// Whether others make this error, so that its cause is a text and not the JSON of the value.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        self.other || self.foreign || self.is_reserved()
    }

    /// Whether the States Language has this error itself.
    #[must_use]
    pub fn is_reserved(&self) -> bool {
        self.name.starts_with("States.")
    }
}

/// An error that a workflow can match: an enum whose variants are error names. Derived beside [`Data`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an error that a workflow can tell by name [SW203]",
    label = "this type does not derive `TaskError`",
    note = "put `#[derive(TaskError)]` on the enum, or use `stepwright::Failure`"
)]
pub trait TaskError: Data {
    /// The variants in order.
    fn variants() -> &'static [ErrorVariant];

    /// The error name of this value.
    fn name(&self) -> Cow<'_, str>;

    /// What matches a variant, given by its Rust name, in `ErrorEquals`; empty if there is none of that name.
    #[must_use]
    fn variant_name(ident: &str) -> &'static str {
        Self::variants().iter().find(|variant| variant.ident == ident).map_or("", ErrorVariant::error_equals)
    }
}

/// An enum of errors: what `#[derive(TaskError)]` makes of one. [`Failure`], which is none, is made of any of them by `?`.
pub trait ErrorEnum: TaskError {}

/// Why a task or an execution failed, as retriers and catchers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskFailure {
    /// The error name.
    pub name: String,
    /// The text that explains it.
    pub cause: Option<String>,
}

impl TaskFailure {
    /// The error name of a panic.
    pub const PANIC: &'static str = "Panic";
    /// The error name of arguments that are not JSON, or do not fit the parameters.
    pub const INVALID_ARGUMENTS: &'static str = "InvalidArguments";
    /// The error name of a result that is not JSON, or does not fit its type.
    pub const INVALID_RESULT: &'static str = "InvalidResult";
    /// The error name of a call of a task that has no body in this program, and no stand-in.
    pub const NO_BODY: &'static str = "NoBody";

    /// A failure with a name and a cause.
    pub fn new(name: impl Into<String>, cause: impl Into<String>) -> Self {
        TaskFailure { name: name.into(), cause: Some(cause.into()) }
    }
}

impl fmt::Display for TaskFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cause {
            Some(cause) => write!(f, "{}: {cause}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

impl std::error::Error for TaskFailure {}
