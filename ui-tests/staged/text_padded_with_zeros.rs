use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(name: String) -> String {
    format!("{name:08}")
}
