use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
async fn pay(totals: Vec<u64>) -> Vec<u64> {
    map(totals, async |total| charge(total).await).max_concurency(3).await
}

fn main() {}
