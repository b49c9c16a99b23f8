use stepwright::prelude::*;

#[derive(Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub(crate) enum PaymentError {
    #[error("too much")]
    TooMuch,
}

#[task(retry(on(PaymentError::TooMuch)))]
async fn charge(amount: u64) -> Result<u64, PaymentError> {
    Ok(amount)
}

#[workflow]
pub(crate) async fn workflow(total: u64) -> Result<u64, PaymentError> {
    charge(total).await
}
