use stepwright::prelude::*;

#[derive(Clone, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema, Data)]
pub struct Order {
    total: u64,
    name: String,
}

#[workflow]
async fn cheaper(a: Order, b: Order) -> bool {
    a < b
}

fn main() {}
