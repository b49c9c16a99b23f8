use stepwright::prelude::*;

#[workflow(standard)]
async fn pay(total: u64) -> u64 {
    total
}

fn main() {}
