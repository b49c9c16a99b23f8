//! # Keys that are left out
//!
//! A value that a workflow makes is the JSON that serde makes of it, so `skip_serializing_if` leaves keys out here, too: what is known to be left out is not in the machine at all, and what only shows when the machine runs is a key whose value JSONata drops.
//! What is absent reads as the value for which it was left out.
//! Predicates are `Option::is_none`, `is_empty` of texts, lists and maps, `Not::not` and `#[pure]` functions that hold for one value only; with any other, a workflow can read a type, and not make a value of it.

use stepwright::prelude::*;

#[derive(Clone, Default, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "PascalCase")]
pub struct Query {
    pub table_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "PascalCase")]
pub struct Found {
    pub count: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<u32>,
}

#[task]
pub async fn query(query: Query) -> Found {
    let start = query.start.unwrap_or_default();
    Found { count: query.limit.unwrap_or(100), last: (start < 2).then_some(start + 1) }
}

#[workflow]
pub async fn count_all(limit: Option<u32>) -> u32 {
    let mut request = Query { table_name: "orders".to_owned(), limit, ..Default::default() };
    let mut count = 0;
    loop {
        let found = query(request.clone()).await;
        count += found.count;
        if found.last.is_none() {
            return count;
        }
        request.start = found.last;
    }
}

runs! {
    count_all(json!(null)) => json!(300),
    count_all(json!(5)) => json!(15),
}
