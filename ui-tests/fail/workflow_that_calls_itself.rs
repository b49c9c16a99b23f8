use stepwright::prelude::*;

#[workflow]
async fn count(left: u64) -> u64 {
    if left == 0 { 0 } else { count(left - 1).await }
}

fn main() {}
