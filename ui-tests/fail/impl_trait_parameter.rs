use stepwright::prelude::*;

#[pure]
fn total(prices: impl Iterator<Item = u64>) -> u64 {
    prices.sum()
}

fn main() {}
