use stepwright::prelude::*;

#[workflow]
async fn knows(names: Vec<String>, name: String) -> bool {
    names.binary_search(&name).is_ok()
}

fn main() {}
