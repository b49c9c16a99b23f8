use stepwright::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema, Data)]
pub struct Order<'a> {
    name: &'a str,
}

fn main() {}
