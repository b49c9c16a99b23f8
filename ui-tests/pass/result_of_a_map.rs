use stepwright::prelude::*;

#[derive(Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub(crate) enum PaymentError {
    #[error("too much")]
    TooMuch,
}

#[task]
async fn charge(amount: u64) -> u64 {
    amount
}

#[workflow]
pub(crate) async fn workflow(totals: Vec<u64>) -> usize {
    let all = map(totals, async |total| -> Result<u64, PaymentError> { Ok(charge(total).await) }).await;
    all.map_or(0, |all| all.len())
}
