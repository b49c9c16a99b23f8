use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub(crate) struct Order {
    total: u64,
}

#[workflow]
pub(crate) async fn workflow(order: Order) -> u64 {
    order.total
}
