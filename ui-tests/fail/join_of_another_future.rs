use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
async fn pay(total: u64) -> u64 {
    let (paid, _) = join!(charge(total), std::future::ready(3));
    paid
}

fn main() {}
