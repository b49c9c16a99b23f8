use stepwright::prelude::*;

#[workflow]
async fn pay(total: u64) -> u64 {
    #[cfg(debug_assertions)]
    let total = total + 1;
    total
}

fn main() {}
