use stepwright::prelude::*;

#[task(name = 3)]
async fn charge(amount: u64) -> u64 {
    amount
}

fn main() {}
