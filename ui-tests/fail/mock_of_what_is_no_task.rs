use stepwright::prelude::*;

struct Charge;

#[workflow]
async fn pay(total: u64) -> u64 {
    total
}

fn check() {
    let _ = pay::local().mock::<Charge>(|total: u64| total);
}

fn main() {}
