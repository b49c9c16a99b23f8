use stepwright::prelude::*;

#[workflow]
async fn most(a: u64, b: u64) -> u64 {
    std::cmp::max_by_key(a, b, |n| *n)
}

fn main() {}
