use stepwright::prelude::*;

#[workflow(name = "pay the order")]
async fn pay(total: u64) -> u64 {
    total
}

fn main() {}
