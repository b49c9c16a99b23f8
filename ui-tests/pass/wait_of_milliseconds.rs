use stepwright::prelude::*;

use std::time::Duration;

#[workflow]
pub(crate) async fn workflow() {
    sleep(Duration::from_secs(2)).await;
}
