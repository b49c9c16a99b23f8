use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
pub(crate) async fn workflow(total: u64) -> u64 {
    charge(total).await
}

#[test]
fn is_mocked() {
    let _ = workflow::local().mock::<charge>(|total| total);
}
