use stepwright::prelude::*;

#[workflow]
async fn pay(total: u64) -> u64;

fn main() {}
