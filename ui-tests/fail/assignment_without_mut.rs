use stepwright::prelude::*;

#[workflow]
async fn pay(total: u64) -> u64 {
    let doubled = total;
    doubled = doubled + total;
    doubled
}

fn main() {}
