use stepwright::prelude::*;

#[workflow]
async fn pay(total: u64) -> String {
    total
}

fn main() {}
