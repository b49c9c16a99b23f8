use stepwright::prelude::*;

#[pure]
fn factorial(n: u64) -> u64 {
    (1..=n).product()
}

#[workflow]
pub(crate) async fn workflow(n: u64) -> u64 {
    factorial(n)
}
