use stepwright::prelude::*;

#[task(timeuot = "30s")]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
fn pay(total: u64) -> u64 {
    total
}

fn main() {}
