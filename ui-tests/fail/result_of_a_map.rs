use stepwright::prelude::*;

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
async fn pay(totals: Vec<u64>) -> usize {
    let all = map(totals, async |total| -> Result<u64, String> { Ok(charge(total).await) }).await;
    all.map_or(0, |all| all.len())
}

fn main() {}
