use stepwright::prelude::*;

#[derive(Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub(crate) enum PaymentError {
    #[error("too much")]
    TooMuch,
}

#[workflow]
pub(crate) async fn workflow(total: u64) -> Result<u64, PaymentError> {
    if total > 3 { Err(PaymentError::TooMuch) } else { Ok(total) }
}
