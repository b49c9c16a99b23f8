use stepwright::prelude::*;

#[task]
async fn charge(_id: String, _amount: u64) {}

#[task]
async fn refund(_id: String, _amount: u64, _reason: String) {}

#[workflow]
async fn workflow(id: String, amount: u64) {
    charge(id.clone()).await;
    refund(id, amount).await;
}

fn main() {}
