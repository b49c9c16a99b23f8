use stepwright::prelude::*;

#[workflow]
async fn length(name: String) -> usize {
    name.len()
}

fn main() {}
