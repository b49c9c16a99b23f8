use stepwright::prelude::*;

#[task]
fn charge(amount: u64) -> u64 {
    amount
}

fn main() {}
