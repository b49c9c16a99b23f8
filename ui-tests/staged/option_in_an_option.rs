use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(totals: Vec<Option<u64>>) -> u64 {
    match totals.first().copied() {
        Some(first) => first.unwrap_or(0),
        None => 0,
    }
}
