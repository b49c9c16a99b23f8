use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
async fn pay(total: u64) -> u64 {
    let charge = charge(total).await;
    charge + 1
}

fn main() {
    assert_eq!(pay::definition().asl().states.len(), 1);
}
