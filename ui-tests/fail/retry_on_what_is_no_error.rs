use stepwright::prelude::*;

#[task(retry(on(Gateway)))]
async fn charge(amount: u64) -> u64 {
    amount
}

fn main() {}
