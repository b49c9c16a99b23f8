use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub struct Order {
    total: u64,
    name: String,
}

#[workflow]
async fn order(total: u64) -> Order {
    Order { total }
}

fn main() {}
