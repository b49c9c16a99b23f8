use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
pub(crate) async fn workflow(total: u64) -> u64 {
    let mut last = 0;
    let (_, b) = join!(async { last = charge(total).await }, charge(3));
    last + b
}
