//! Write AWS Step Functions workflows in typed Rust.

mod answer;
mod mock;
mod native;
mod run_failure;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod prelude;

pub use mock::{Arguments, MockTask};
pub use native::{Call, MapCall, Native, NativeRun, TaskCall, map, sleep, sleep_until};
pub use run_failure::RunFailure;
pub use stepwright_codegen::{
    data::Data,
    error::{Failure, TaskError, TaskFailure},
    info::Jitter,
    retry::Retry,
};
pub use stepwright_macros::{Data, TaskError, pure, task, workflow};
