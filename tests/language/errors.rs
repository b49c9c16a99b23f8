//! # Errors
//!
//! A `Result` that is matched, mapped or stored catches; one that `?` passes on under another type catches and fails under the other name; one that `?` passes on as it is needs no catcher, for the execution fails with the task's own error.
//! Variants are error names, `Type.Variant` unless `#[asl(error = "…")]` says otherwise, and their fields travel in `Cause`.
//! Where errors of several types meet, a workflow returns `Result<T, Failure>`: whatever derives `TaskError` becomes a `Failure` by `?`, with its name and cause.

use stepwright::prelude::*;

#[derive(Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum ChargeError {
    #[error("declined: {code}")]
    Declined { code: String },
    #[error("gateway unavailable")]
    Gateway,
}

#[derive(Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum OrderError {
    #[error("nothing to pay")]
    Empty,
    #[error("payment: {0}")]
    Payment(#[from] ChargeError),
}

#[task]
pub async fn charge(amount: u64) -> Result<u64, ChargeError> {
    match amount {
        13 => Err(ChargeError::Declined { code: "unlucky".to_string() }),
        99 => Err(ChargeError::Gateway),
        amount => Ok(amount),
    }
}

#[workflow]
pub async fn order(amount: u64) -> Result<String, OrderError> {
    if amount == 0 {
        return Err(OrderError::Empty);
    }
    let first = match charge(amount).await {
        Ok(paid) => paid,
        Err(ChargeError::Declined { code }) => return Ok(format!("not paid: {code}")),
        Err(other) => return Err(other.into()),
    };
    let second = charge(first + 1).await?;
    Ok(format!("paid {second}"))
}

runs! {
    order(json!(5)) => json!("paid 6"),
    order(json!(13)) => json!("not paid: unlucky"),
    order(json!(0)) => fails("OrderError.Empty"),
    order(json!(12)) => fails("OrderError.Payment"),
    order(json!(99)) => fails("OrderError.Payment"),
}
