use stepwright::prelude::*;

#[workflow]
async fn first(names: Vec<String>) -> String {
    match &names[..] {
        [] => String::new(),
        [first, ..] => first.clone(),
    }
}

fn main() {}
