//! Waiting, in tokio's time.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::surroundings;

/// Waits, as a Wait state does.
pub async fn sleep(duration: Duration) {
    tokio::time::sleep(duration).await;
}

/// Waits until a point in time; one in the past does not wait.
pub async fn sleep_until(time: DateTime<Utc>) {
    surroundings::clock().sleep_until(time).await;
}
