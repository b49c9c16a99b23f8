use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
pub(crate) async fn workflow(totals: Vec<u64>) -> u64 {
    let pay = |total| charge(total);
    let mut sum = 0;
    for total in totals {
        sum += pay(total).await;
    }
    sum
}
