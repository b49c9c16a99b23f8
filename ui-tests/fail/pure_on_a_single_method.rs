use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub struct Order {
    total: u64,
    name: String,
}

impl Order {
    #[pure]
    fn doubled(&self) -> u64 {
        self.total * 2
    }
}

fn main() {}
