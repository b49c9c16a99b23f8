use stepwright::prelude::*;

#[workflow]
pub(crate) async fn workflow(from: u64) -> u64 {
    let mut last = 0;
    for n in (0..from).rev() {
        last = n;
    }
    last
}
