use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(all: Vec<String>) -> usize {
    let mut names = all;
    names.sort();
    names.dedup();
    names.len()
}
