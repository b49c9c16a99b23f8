use stepwright::prelude::*;

#[workflow]
async fn show(names: Vec<String>) -> String {
    format!("{names:?}")
}

fn main() {}
