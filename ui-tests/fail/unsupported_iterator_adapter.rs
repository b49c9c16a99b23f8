use stepwright::prelude::*;

#[workflow]
async fn twice_around(list: Vec<u32>) -> Vec<u32> {
    list.iter().copied().cycle().take(2 * list.len()).collect()
}

fn main() {}
