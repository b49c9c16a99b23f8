use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
async fn pay(totals: Vec<u64>) -> Vec<u64> {
    totals.into_iter().map(|total| charge(total).await).collect()
}

fn main() {}
