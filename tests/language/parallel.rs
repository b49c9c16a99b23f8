//! # `join!` and `try_join!`
//!
//! Calls and `async` blocks side by side are the branches of a Parallel state. `try_join!` gives up at the first error.

use stepwright::prelude::*;

#[derive(Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum StockError {
    #[error("sold out")]
    SoldOut,
}

#[task]
pub async fn reserve(item: String) -> Result<u64, StockError> {
    if item.is_empty() { Err(StockError::SoldOut) } else { Ok(1) }
}

#[task]
pub async fn quote(item: String) -> u64 {
    item.chars().count() as u64
}

#[workflow]
pub async fn prepare(item: String) -> Result<u64, StockError> {
    let (reserved, price) = try_join!(reserve(item.clone()), async {
        let price = quote(item).await;
        Ok(price * 2)
    })?;
    Ok(reserved + price)
}

runs! {
    prepare(json!("lamp")) => json!(9),
    prepare(json!("")) => fails("StockError.SoldOut"),
}
