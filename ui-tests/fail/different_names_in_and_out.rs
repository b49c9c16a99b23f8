use stepwright::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema, Data)]
pub struct Order {
    #[serde(rename(serialize = "sum", deserialize = "total"))]
    total: u64,
}

fn main() {}
