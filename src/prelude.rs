//! What a module with workflows needs: `use stepwright::prelude::*;`.
//!
//! Names that are common, or are needed now and then only, are imported where they are used:
//! `use stepwright::{Shared, base64_decode, base64_encode, context, hash, now, random, uuid};`. `chrono::Utc::now()` is `now()`.

pub use schemars::JsonSchema;
pub use serde::{Deserialize, Serialize};

pub use crate::{
    Data, Failure, Jitter, MockTask, Retry, TaskError, TaskToken, distributed_map, join, map, pure, sleep, sleep_until,
    task, try_join, workflow,
};
