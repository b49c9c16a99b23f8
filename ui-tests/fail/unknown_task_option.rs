use stepwright::prelude::*;

#[task(timeuot = "30s")]
async fn charge(amount: u64) -> u64 {
    amount
}

fn main() {}
