use stepwright::prelude::*;

#[workflow]
async unsafe fn pay(total: u64) -> u64 {
    total
}

fn main() {}
