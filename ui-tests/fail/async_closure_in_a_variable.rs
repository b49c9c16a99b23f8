use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
async fn pay(totals: Vec<u64>) -> Vec<u64> {
    let work = async |total| charge(total).await;
    map(totals, work).await
}

fn main() {}
