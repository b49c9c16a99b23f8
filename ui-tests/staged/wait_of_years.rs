use std::time::Duration;

use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(total: u64) -> u64 {
    sleep(Duration::from_secs(100_000_000)).await;
    total
}
