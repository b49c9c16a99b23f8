use stepwright::prelude::*;

#[workflow]
async fn count(items: Vec<u32>) -> usize {
    items.lenn()
}

fn main() {}
