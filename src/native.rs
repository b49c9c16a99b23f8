//! The native side: a workflow as the Rust function that it is, with the same meaning as its machine.

mod call;
mod context;
mod join;
mod map_items;
mod policy;
mod run;
#[cfg(test)]
mod tests;
mod time;

pub use call::TaskCall;
pub use context::Call;
pub use map_items::{MapCall, map};
pub use run::{Native, NativeRun};
pub use time::{sleep, sleep_until};
// What stands for these functions in a workflow, as types of the same names.
pub use stepwright_codegen::stage::prelude::{map, sleep, sleep_until};
