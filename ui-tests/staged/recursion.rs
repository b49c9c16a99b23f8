use stepwright::prelude::*;

#[pure]
fn factorial(n: u64) -> u64 {
    if n == 0 { 1 } else { n * factorial(n - 1) }
}

#[workflow]
pub(crate) async fn workflow(n: u64) -> u64 {
    factorial(n)
}
