use stepwright::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema, Data)]
#[serde(tag = "type")]
pub struct Order {
    id: String,
}

fn main() {}
