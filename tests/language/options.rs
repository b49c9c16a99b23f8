//! # Methods of `Option` and `Result`
//!
//! `None` is `null` or an absent key, as serde reads both.

use stepwright::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema, Data)]
pub struct Answers {
    pub is_some: bool,
    pub unwrap_or: u32,
    pub map: Option<u32>,
    pub and_then: Option<u32>,
    pub or: Option<u32>,
    pub filter: Option<u32>,
    pub is_some_and: bool,
    pub ok_or: u32,
}

#[workflow]
pub async fn answers(n: Option<u32>) -> Answers {
    Answers {
        is_some: n.is_some(),
        unwrap_or: n.unwrap_or(7),
        map: n.map(|n| n + 1),
        and_then: n.and_then(|n| n.checked_sub(5)),
        or: n.or(Some(9)),
        filter: n.filter(|n| *n > 2),
        is_some_and: n.is_some_and(|n| n > 2),
        ok_or: n.ok_or("none").map(|n| n * 2).unwrap_or_default(),
    }
}

runs! {
    answers(json!(3)) => json!({ "is_some": true, "unwrap_or": 3, "map": 4, "and_then": null, "or": 3, "filter": 3,
        "is_some_and": true, "ok_or": 6 }),
    answers(json!(null)) => json!({ "is_some": false, "unwrap_or": 7, "map": null, "and_then": null, "or": 9, "filter": null,
        "is_some_and": false, "ok_or": 0 }),
}
