use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub(crate) struct Order {
    total: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cached: Option<String>,
}

#[workflow]
pub(crate) async fn workflow(order: Order) -> String {
    order.cached.unwrap_or_else(|| order.total.to_string())
}
