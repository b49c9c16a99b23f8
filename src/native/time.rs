//! Waiting, in tokio's time.

use std::time::Duration;

use chrono::{DateTime, Utc};
use stepwright_codegen::stage::{Builder, Expr, Pending};

use super::context;

/// Waits, as a Wait state does.
pub async fn sleep(duration: Duration) {
    tokio::time::sleep(duration).await;
}

/// Waits until a point in time; one in the past does not wait.
pub async fn sleep_until(time: DateTime<Utc>) {
    context::clock().sleep_until(time).await;
}

#[doc(hidden)]
#[expect(non_camel_case_types, reason = "stands beside the function of this name")]
pub struct sleep {}

impl sleep {
    #[doc(hidden)]
    pub fn stage((_, duration): (Builder, Expr<Duration>)) -> Pending<()> {
        Pending::sleep(duration)
    }
}

#[doc(hidden)]
#[expect(non_camel_case_types, reason = "stands beside the function of this name")]
pub struct sleep_until {}

impl sleep_until {
    #[doc(hidden)]
    pub fn stage((_, time): (Builder, Expr<DateTime<Utc>>)) -> Pending<()> {
        Pending::sleep_until(time)
    }
}
