use stepwright::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_al = "camelCase")]
pub struct Order {
    total: u64,
}

fn main() {}
