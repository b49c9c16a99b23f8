use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    let doubled = amount * 2
    doubled
}

#[workflow]
async fn pay(total: u64) -> u64 {
    let doubled = total * 2
    charge(doubled).await
}

fn check() {
    let _ = pay::local().mock::<charge>(|amount: u64| amount);
}

fn main() {}
