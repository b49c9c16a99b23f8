use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow(max_transitions = 2)]
pub(crate) async fn workflow(total: u64) -> u64 {
    let paid = charge(total).await;
    charge(paid).await
}
