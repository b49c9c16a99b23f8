use stepwright::prelude::*;

#[derive(Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
#[error("declined")]
pub enum Declined {
    Card,
}

#[task]
async fn charge(amount: u64) -> Result<u64, Declined> {
    Ok(amount)
}

#[task]
async fn pack(amount: u64) -> u64 {
    amount
}

#[workflow]
async fn pay(total: u64) -> Result<u64, Declined> {
    let (paid, _) = try_join!(charge(total), pack(total))?;
    Ok(paid)
}

fn main() {}
