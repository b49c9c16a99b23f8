use stepwright::prelude::*;

#[pure]
async fn double(n: u64) -> u64 {
    n * 2
}

#[workflow]
async fn pay(total: u64) -> u64 {
    double(total) + 1
}

fn main() {}
