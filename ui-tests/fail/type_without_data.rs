use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct Order {
    total: u64,
}

#[workflow]
async fn pay(order: Order) -> u64 {
    order.total
}

fn main() {}
