use stepwright::prelude::*;

async fn double(n: u64) -> u64 {
    n * 2
}

#[workflow]
async fn pay(total: u64) -> u64 {
    double(total).await
}

fn main() {}
