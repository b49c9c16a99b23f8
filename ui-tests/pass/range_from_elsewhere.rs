use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(list: Vec<u32>) -> Vec<u32> {
    list[1..3].to_vec()
}
