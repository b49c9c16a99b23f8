use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
async fn pay(total: u64) -> u64 {
    charge(total).nmae("Pay").await
}

fn main() {}
