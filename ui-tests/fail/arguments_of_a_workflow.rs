use stepwright::prelude::*;

#[workflow]
async fn pay(id: String, amount: u64) -> u64 {
    if id.is_empty() { 0 } else { amount }
}

#[workflow]
async fn shop(id: String, amount: u64) -> u64 {
    let paid = pay(id.clone()).await;
    pay(id, amount, paid).await
}

fn main() {}
