use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(left: u64) -> u64 {
    if left == 0 { 0 } else { workflow(left - 1).await }
}
