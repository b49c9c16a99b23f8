use stepwright::prelude::*;

#[task(timeout = "30s", timeout = "40s")]
async fn charge(amount: u64) -> u64 {
    amount
}

fn main() {}
