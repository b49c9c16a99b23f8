use stepwright::prelude::*;

#[workflow]
async fn pay(total: u64) -> u64 {
    #[task]
    async fn charge(amount: u64) -> u64 {
        amount
    }
    charge(total).await
}

fn main() {}
