use stepwright::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema, Data)]
pub enum Status {
    Open,
    #[serde(untagged)]
    Other(String),
}

fn main() {}
