use stepwright::prelude::*;

#[task(timeout = "half an hour")]
async fn charge(amount: u64) -> u64 {
    amount
}

fn main() {}
