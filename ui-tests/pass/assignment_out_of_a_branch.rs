use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
pub(crate) async fn workflow(total: u64) -> u64 {
    let (first, second) = join!(charge(total), charge(total + 1));
    first + second
}
