use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
pub(crate) async fn workflow(name: String) -> u64 {
    charge(3).name(&name).await
}
