use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(n: f64) -> f64 {
    n / 2.0
}
