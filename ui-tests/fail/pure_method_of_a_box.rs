use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub struct Order {
    total: u64,
    name: String,
}

#[pure]
impl Order {
    fn doubled(self: Box<Self>) -> u64 {
        self.total * 2
    }
}

fn main() {}
