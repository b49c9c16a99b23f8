use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[task]
async fn count(amounts: u64) -> u64 {
    amounts
}

#[workflow(max_transitions = 3)]
pub(crate) async fn workflow(amounts: Vec<u64>, total: u64) -> u64 {
    if total == 0 {
        return 0;
    }
    let (first, second) = join!(charge(total), charge(1));
    for amount in amounts {
        charge(amount).await;
    }
    count(total).await;
    first + second
}
