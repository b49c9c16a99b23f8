use stepwright::{Started, prelude::*};

#[workflow]
async fn child(total: u64) -> u64 {
    total + 1
}

#[workflow]
pub(crate) async fn workflow(total: u64) -> Started {
    child(total).start().await
}
