//! # Activities
//!
//! A task with `activity` is served by workers that poll. `Resource` is a placeholder that deployment fills in with the activity's ARN.
//! Natively and locally, its body is the worker.

use stepwright::prelude::*;

#[task(activity, timeout = "1h", heartbeat = "60s")]
pub async fn press(record: String) -> u32 {
    record.chars().count() as u32
}

#[workflow]
pub async fn edition(record: String) -> u32 {
    press(record).await + 1
}

runs! {
    edition(json!("Kind of Blue")) => json!(13),
}
