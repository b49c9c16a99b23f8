use stepwright::prelude::*;

#[task(timeout = 0)]
async fn charge(amount: u64) -> u64 {
    amount
}

fn main() {}
