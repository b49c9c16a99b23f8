use stepwright::prelude::*;

#[workflow]
async fn pay<T: Data>(order: T) -> T {
    order
}

fn main() {}
