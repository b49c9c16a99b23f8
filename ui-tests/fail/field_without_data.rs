use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    price: u64,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub struct Order {
    items: Vec<Item>,
}

#[workflow]
async fn total(order: Order) -> u64 {
    order.items.iter().map(|item| item.price).sum()
}

fn main() {}
