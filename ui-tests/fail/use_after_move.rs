use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub struct Order {
    total: u64,
    name: String,
}

#[workflow]
async fn pay(order: Order) -> String {
    let moved = order;
    format!("{} {}", moved.name, order.name)
}

fn main() {}
