use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
async fn sum(totals: Vec<u64>) -> u64 {
    let mut sum = 0;
    map(totals, async |total| sum += charge(total).await).await;
    sum
}

fn main() {}
