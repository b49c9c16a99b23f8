use stepwright::prelude::*;

const MOST: u64 = u64::MAX;

#[workflow]
pub(crate) async fn workflow(total: u64) -> bool {
    total == MOST
}
