use stepwright::prelude::*;

#[derive(Clone, Data)]
pub struct Order {
    total: u64,
}

#[workflow]
async fn pay(order: Order) -> u64 {
    order.total
}

fn main() {}
