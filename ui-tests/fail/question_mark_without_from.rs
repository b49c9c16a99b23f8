use stepwright::prelude::*;

#[derive(Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
#[error("declined")]
pub enum PaymentError {
    Declined,
}

#[workflow]
async fn pay(total: u64) -> Result<u64, PaymentError> {
    let amount = u8::try_from(total)?;
    Ok(u64::from(amount))
}

fn main() {}
