use serde::{Deserialize, Serialize};
use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub enum Wire {
    Closed,
    Late(String),
}

#[derive(Clone, Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
#[serde(from = "Wire", into = "Wire")]
pub enum ShopError {
    #[error("closed")]
    Closed,
    #[error("too late: {0}")]
    Late(String),
}

impl From<Wire> for ShopError {
    fn from(wire: Wire) -> Self {
        match wire {
            Wire::Closed => ShopError::Closed,
            Wire::Late(why) => ShopError::Late(why),
        }
    }
}

impl From<ShopError> for Wire {
    fn from(error: ShopError) -> Self {
        match error {
            ShopError::Closed => Wire::Closed,
            ShopError::Late(why) => Wire::Late(why),
        }
    }
}

#[task]
pub async fn open(shop: String) -> Result<u32, ShopError> {
    Err(ShopError::Late(shop))
}

#[workflow]
pub async fn visit(shop: String) -> Result<u32, ShopError> {
    open(shop).await
}

fn main() {}
