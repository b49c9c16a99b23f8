use stepwright::prelude::*;

#[workflow]
async fn total(prices: Vec<Option<u64>>) -> Option<u64> {
    prices.into_iter().sum()
}

fn main() {}
