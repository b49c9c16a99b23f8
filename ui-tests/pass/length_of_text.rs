use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(name: String) -> usize {
    name.chars().count()
}
