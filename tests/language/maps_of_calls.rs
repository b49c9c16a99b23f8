//! # `map`
//!
//! The same for each item, many at once: a Map state. What the closure captures from outside is read there.
//! Where the closure gives a `Result`, the first error ends the Map.

use stepwright::prelude::*;

#[derive(Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum SendError {
    #[error("no address")]
    NoAddress,
}

#[task]
pub async fn send(address: String, text: String) -> Result<u64, SendError> {
    if address.is_empty() { Err(SendError::NoAddress) } else { Ok(text.chars().count() as u64) }
}

#[workflow]
pub async fn newsletter(addresses: Vec<String>, text: String) -> Result<u64, SendError> {
    let sent = map(addresses, async |address| send(address, text.clone()).await).max_concurrency(10).await?;
    Ok(sent.iter().sum())
}

runs! {
    newsletter(json!({ "addresses": ["a@b", "c@d"], "text": "news" })) => json!(8),
    newsletter(json!({ "addresses": [], "text": "news" })) => json!(0),
    newsletter(json!({ "addresses": ["a@b", ""], "text": "news" })) => fails("SendError.NoAddress"),
}
