use std::time::Duration;

use stepwright::{TaskToken, prelude::*};

#[task(wait_for_task_token)]
async fn approve(total: u64, token: TaskToken<bool>) {
    drop((total, token));
}

#[workflow]
pub(crate) async fn workflow(totals: Vec<u64>) -> Vec<bool> {
    distributed_map(totals)
        .express()
        .each(async |total| {
            sleep(Duration::from_secs(600)).await;
            approve(total).await
        })
        .await
}
