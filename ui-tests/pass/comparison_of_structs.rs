use stepwright::prelude::*;

#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub(crate) struct Order {
    total: u64,
    name: String,
}

#[workflow]
pub(crate) async fn workflow(a: Order, b: Order) -> bool {
    (a.total, a.name) < (b.total, b.name)
}
