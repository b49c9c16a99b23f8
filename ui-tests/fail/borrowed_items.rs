use stepwright::prelude::*;

#[task]
async fn greet(names: Vec<&str>) -> String {
    names.join(", ")
}

fn main() {}
