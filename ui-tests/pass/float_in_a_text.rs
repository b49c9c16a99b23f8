use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(rate: f64) -> String {
    format!("{rate:.2}")
}
