use stepwright::prelude::*;

#[workflow]
fn pay(total: u64) -> u64 {
    total
}

fn main() {}
