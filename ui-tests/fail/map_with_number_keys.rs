use std::collections::BTreeMap;

use stepwright::prelude::*;

#[workflow]
async fn names(by_id: BTreeMap<u32, String>) -> Vec<String> {
    by_id.into_values().collect()
}

fn main() {}
