use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub struct Order {
    total: u64,
    name: String,
}

impl Order {
    fn doubled(&self) -> u64 {
        self.total * 2
    }
}

#[workflow]
async fn pay(order: Order) -> u64 {
    order.doubled()
}

fn main() {}
