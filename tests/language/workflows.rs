//! # Workflows that call workflows
//!
//! A call that is awaited is an execution of its own: `startExecution.sync:2`, with the errors of the called workflow. `.start()` does not wait for its end.
//! The states of one that is marked `#[workflow(inline)]` stand in the machine that calls it.

use stepwright::prelude::*;

#[derive(Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum ParcelError {
    #[error("too heavy: {grams} g")]
    TooHeavy { grams: u32 },
}

#[task]
pub async fn weigh(content: String) -> u32 {
    content.chars().count() as u32 * 100
}

#[workflow]
pub async fn parcel(content: String) -> Result<u32, ParcelError> {
    let grams = weigh(content).await;
    if grams > 900 { Err(ParcelError::TooHeavy { grams }) } else { Ok(grams) }
}

#[workflow]
pub async fn shipment(first: String, second: String) -> Result<u32, ParcelError> {
    let grams = parcel(first).await?;
    match parcel(second).await {
        Ok(more) => Ok(grams + more),
        Err(ParcelError::TooHeavy { .. }) => Ok(grams),
    }
}

runs! {
    shipment(json!({ "first": "cup", "second": "lamp" })) => json!(700),
    shipment(json!({ "first": "cup", "second": "refrigerator" })) => json!(300),
    shipment(json!({ "first": "refrigerator", "second": "cup" })) => fails("ParcelError.TooHeavy"),
}
