use stepwright::prelude::*;

#[workflow]
async fn show(rate: f64) -> String {
    format!("{rate}")
}

fn main() {}
