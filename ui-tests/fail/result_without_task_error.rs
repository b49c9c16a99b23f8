use stepwright::prelude::*;

#[workflow]
async fn pay(total: u64) -> Result<u64, String> {
    if total > 3 { Err("too much".to_string()) } else { Ok(total) }
}

fn main() {}
