use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub struct Order {
    total: u64,
    name: String,
}

#[workflow]
async fn pay(order: Ordre) -> u64 {
    order.total
}

fn main() {}
