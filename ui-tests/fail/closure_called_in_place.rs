use stepwright::prelude::*;

#[workflow]
async fn next(total: u64) -> u64 {
    (|n| n + 1)(total)
}

fn main() {}
