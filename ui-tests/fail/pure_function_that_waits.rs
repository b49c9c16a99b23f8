use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[pure]
fn twice(total: u64) -> u64 {
    charge(total).await
}

fn main() {}
