use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
async fn pay(total: u64) -> u64 {
    let doubled: u64 = "2";
    charge(doubled).await
}

fn main() {}
