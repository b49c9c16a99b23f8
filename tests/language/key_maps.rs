//! # Maps and JSON values
//!
//! `BTreeMap` and `HashMap` with `String` keys are objects. A `serde_json::Value` can be looked into without a type.

use stepwright::prelude::*;

use std::collections::BTreeMap;

use serde_json::Value;

#[workflow]
pub async fn stock(counts: BTreeMap<String, u64>, extra: Value) -> BTreeMap<String, u64> {
    let mut counts = counts;
    let bonus = extra["bonus"].as_u64().unwrap_or_default();
    counts.insert("total".to_string(), counts.values().sum::<u64>() + bonus);
    if let Some(name) = extra["drop"].as_str() {
        counts.remove(name);
    }
    counts
}

runs! {
    stock(json!({ "counts": { "a": 2, "b": 3 }, "extra": { "bonus": 4, "drop": "a" } })) => json!({ "b": 3, "total": 9 }),
    stock(json!({ "counts": {}, "extra": null })) => json!({ "total": 0 }),
}
