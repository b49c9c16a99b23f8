use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
pub(crate) async fn workflow(total: u64) -> u64 {
    charge(total).name("Charge the card, or tell the customer").await
}
