use stepwright::prelude::*;

#[workflow]
async fn pay(total: u64) -> u64 {
    println!("{total}");
    total
}

fn main() {}
