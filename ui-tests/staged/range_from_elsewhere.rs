use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(list: Vec<u32>) -> Vec<u32> {
    let middle = 1..3;
    list[middle].to_vec()
}
