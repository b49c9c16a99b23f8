use stepwright::prelude::*;

#[task(activity)]
async fn approve(total: u64) -> bool;

#[workflow]
pub(crate) async fn workflow(total: u64) -> bool {
    approve(total).await
}
