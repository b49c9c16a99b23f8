use stepwright::prelude::*;

#[pure]
fn double(n: u64) -> u64 {
    n * 2
}

#[workflow]
pub(crate) async fn workflow(total: u64) -> u64 {
    double(total)
}
