use stepwright::prelude::*;

#[workflow]
async fn pay(total: Option<u64>) -> u64 {
    match total {
        Some(total) => total,
    }
}

fn main() {}
