use std::time::Duration;

use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(total: u64) -> u64 {
    sleep(Duration::from_millis(1_500)).await;
    total
}
