use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub struct Order {
    total: u64,
    name: String,
}

#[workflow]
async fn pay(order: Order) -> u64 {
    order.totl
}

fn main() {}
