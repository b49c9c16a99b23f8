//! What a module with workflows needs: `use stepwright::prelude::*;`.

pub use schemars::JsonSchema;
pub use serde::{Deserialize, Serialize};

pub use crate::{
    Data, Failure, Jitter, MockTask, Retry, TaskError, TaskToken, distributed_map, join, map, pure, sleep, sleep_until,
    task, try_join, workflow,
};
