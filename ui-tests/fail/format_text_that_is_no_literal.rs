use stepwright::prelude::*;

#[workflow]
async fn show(total: u64) -> String {
    format!(concat!("total ", "{}"), total)
}

fn main() {}
