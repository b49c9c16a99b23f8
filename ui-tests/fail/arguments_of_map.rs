use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
async fn pay(amounts: Vec<u64>) -> Vec<u64> {
    let paid = map(amounts).await;
    map(paid, async |amount| charge(amount).await, 3).await
}

fn main() {}
