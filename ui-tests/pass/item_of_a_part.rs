use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(list: Vec<u64>) -> Vec<u64> {
    let mut list = list;
    list[1] = 3;
    list
}
