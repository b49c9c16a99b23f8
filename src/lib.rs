//! Write AWS Step Functions workflows in typed Rust.

mod answer;
#[cfg(feature = "cli")]
mod cli;
mod guard;
mod local;
mod mock;
mod native;
mod run_failure;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod build;
pub mod prelude;

pub use local::{Local, LocalRun};
pub use mock::{Arguments, MockTask};
pub use native::{
    Call, Context, MapCall, Native, NativeRun, TaskCall, base64_decode, base64_encode, context, hash, map, now, random,
    sleep, sleep_until, uuid,
};
pub use run_failure::RunFailure;
pub use stepwright_asl as asl;
pub use stepwright_codegen::{
    data::Data,
    definition::{Definition, TaskDefinition},
    diagnostic::Diagnostics,
    error::{Failure, TaskError, TaskFailure},
    hash::Hash,
    info::Jitter,
    outcome::Never,
    retry::Retry,
};
pub use stepwright_macros::{Data, TaskError, pure, task, workflow};
pub use stepwright_runtime::{ExecutionStatus, HistoryEvent};
