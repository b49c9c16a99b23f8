use stepwright::prelude::*;

#[workflow]
async fn pay(name: String) -> Vec<String> {
    let mut names = vec![];
    for _ in 0..2 {
        names.push(name);
    }
    names
}

fn main() {}
