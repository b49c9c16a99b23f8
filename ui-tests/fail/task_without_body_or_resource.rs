use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64;

fn main() {}
