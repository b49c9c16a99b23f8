use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
async fn pay(total: u64) -> u64 {
    match total {
        0 if charge(3).await == 3 => 0,
        total => total,
    }
}

fn main() {}
