//! The native side: a workflow as the Rust function that it is, with the same meaning as its machine.

mod call;
mod distributed;

mod functions;
mod join;
mod map_items;
mod policy;
mod run;
mod surroundings;
#[cfg(test)]
mod tests;
mod time;
mod workflow_call;

pub use call::TaskCall;
pub use distributed::{DistributedMap, distributed_map};
pub use functions::{Context, base64_decode, base64_encode, context, hash, now, random, uuid};
pub use map_items::{MapCall, map};
pub use run::{Native, NativeRun};
pub use surroundings::Call;
pub use time::{sleep, sleep_until};
pub use workflow_call::{StartCall, WorkflowCall, nested, workflow_call};
// What stands for these functions in a workflow, as types of the same names.
pub use stepwright_codegen::stage::prelude::{
    base64_decode, base64_encode, context, distributed_map, hash, map, now, random, sleep, sleep_until, uuid,
};
