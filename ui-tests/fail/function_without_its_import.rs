use stepwright::prelude::*;

#[workflow]
async fn order() -> String {
    uuid()
}

fn main() {}
