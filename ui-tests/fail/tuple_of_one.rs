use stepwright::prelude::*;

#[workflow]
async fn pay(total: u64) -> u64 {
    let one = (total,);
    one.0
}

fn main() {}
