use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
pub(crate) async fn workflow(rate: f64, total: u64) -> bool {
    let in_time = rate < f64::INFINITY;
    let paid = charge(total).name(if total > 3 { "Pay" } else { "Pay little" }).await;
    in_time && paid == u64::MAX
}
