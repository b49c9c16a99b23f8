use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(total: u64) -> u8 {
    total as u8
}
