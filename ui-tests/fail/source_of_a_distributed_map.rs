use stepwright::prelude::*;

#[workflow]
async fn order(bucket: String) -> Vec<u32> {
    distributed_map(bucket).each(async |_| 3).await
}

fn main() {}
