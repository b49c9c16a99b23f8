use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(prices: Vec<Option<u64>>) -> u64 {
    prices.into_iter().flatten().sum()
}
