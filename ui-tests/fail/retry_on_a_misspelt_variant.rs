use stepwright::prelude::*;

#[derive(Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
#[error("declined")]
pub enum PaymentError {
    Declined,
}

#[task(retry(on(PaymentError::Declnied)))]
async fn charge(amount: u64) -> Result<u64, PaymentError> {
    Ok(amount)
}

fn main() {}
