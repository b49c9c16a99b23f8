use stepwright::prelude::*;

use std::collections::BTreeSet;

#[workflow]
async fn names(all: Vec<String>) -> bool {
    let _ = all.into_iter().collect::<BTreeSet<_>>();
    true
}

fn main() {}
