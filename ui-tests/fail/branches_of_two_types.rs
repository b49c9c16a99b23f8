use stepwright::prelude::*;

#[workflow]
async fn pay(total: u64) -> u64 {
    if total > 3 { total } else { "nothing" }
}

fn main() {}
