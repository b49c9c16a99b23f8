use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(name: String) -> String {
    name.chars().take(1).collect()
}
