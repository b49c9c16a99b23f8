use stepwright::prelude::*;

#[workflow]
async fn pay(total: u64) -> Option<u64> {
    Some(total?)
}

fn main() {}
