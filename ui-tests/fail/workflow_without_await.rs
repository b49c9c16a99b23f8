use stepwright::prelude::*;

#[workflow]
async fn pay(amount: u64) -> u64 {
    amount
}

#[workflow]
async fn shop(amount: u64) -> u64 {
    pay(amount)
}

fn main() {}
