use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
async fn pay(name: String) -> u64 {
    charge(name).await
}

fn main() {}
