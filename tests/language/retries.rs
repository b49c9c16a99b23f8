//! # Options of a call
//!
//! A call's own retriers go before the task's; `Retry::none()` leaves them out. `name` names the state.

use stepwright::prelude::*;

use std::time::Duration;

#[derive(Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum ScanError {
    #[error("busy")]
    Busy,
}

#[task(retry(interval = "1s", max_attempts = 1))]
pub async fn scan(path: String) -> Result<u64, ScanError> {
    if path.is_empty() { Err(ScanError::Busy) } else { Ok(path.chars().count() as u64) }
}

#[workflow]
pub async fn scan_twice(path: String) -> Result<u64, ScanError> {
    let retry = Retry::on("ScanError.Busy").max_attempts(2).interval(Duration::from_secs(5)).backoff(1.5);
    let first = scan(path.clone()).retry(retry).timeout(Duration::from_secs(20)).name("Scan slowly").await?;
    let second = scan(path).retry(Retry::none()).await?;
    Ok(first + second)
}

runs! {
    scan_twice(json!("a/b")) => json!(6),
    scan_twice(json!("")) => fails("ScanError.Busy"),
}
