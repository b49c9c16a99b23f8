use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
pub(crate) async fn workflow(total: u64) -> u64 {
    charge(total).name("Charge the card of the customer, or tell the customer that the card has been declined").await
}
