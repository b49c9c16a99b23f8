use stepwright::prelude::*;

#[workflow]
async fn magic() -> bool {
    let bytes = b"PK";
    bytes.is_empty()
}

fn main() {}
