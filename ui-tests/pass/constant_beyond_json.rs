use stepwright::prelude::*;

const MOST: u64 = 1 << 53;

#[workflow]
pub(crate) async fn workflow(total: u64) -> u64 {
    total.min(MOST)
}
