use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(name: String, number: u64) -> String {
    format!("{name:_<8}{number:08}")
}
