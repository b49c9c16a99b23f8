use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub struct Total(u64);

impl From<u64> for Total {
    fn from(total: u64) -> Self {
        Total(total)
    }
}

#[workflow]
async fn pay(total: u64) -> Total {
    total.into()
}

fn main() {}
