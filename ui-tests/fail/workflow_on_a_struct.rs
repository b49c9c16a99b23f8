use stepwright::prelude::*;

#[workflow]
pub struct Order {
    total: u64,
}

fn main() {}
