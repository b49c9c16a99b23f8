use stepwright::prelude::*;

#[workflow]
async fn initial(name: String) -> String {
    name[0..1].to_string()
}

fn main() {}
