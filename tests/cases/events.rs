//! Times, free JSON, digests: what a workflow knows beside its own types.

use std::time::Duration;

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use serde_json::Value;
use stepwright::prelude::*;

use crate::support::{dice, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Event {
    pub at: DateTime<Utc>,
    pub body: Value,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Seen {
    pub due: DateTime<Utc>,
    pub late: bool,
    pub name: String,
    pub count: i64,
    pub key: String,
}

#[task(name = "answer_event")]
pub async fn answer(body: Value) -> DateTime<Utc> {
    let seconds = dice(("answer", body.to_string())).roll(7200) as i64;
    DateTime::from_timestamp(1_700_000_000 + seconds, 0).unwrap()
}

#[workflow]
pub async fn watch(event: Event) -> Seen {
    let due = event.at + Duration::from_secs(3600);
    let name = event.body["name"].as_str().unwrap_or("nobody").to_string();
    let count = event.body["items"].as_array().map_or(0, |items| items.len() as i64)
        + event.body["more"].as_i64().unwrap_or(-1);
    let answered = answer(event.body.clone()).await;
    let late = answered > due;
    let key = stepwright::base64_encode(&format!("{name}:{count}"));
    Seen { due, late, name, count, key }
}

fn events() -> impl Strategy<Value = Value> {
    let body = prop_oneof![
        words().prop_map(|name| serde_json::json!({ "name": name, "items": [1, "two", null], "more": 3 })),
        Just(serde_json::json!({ "name": 5, "items": {}, "more": "7" })),
        Just(serde_json::json!([1, 2])),
        Just(Value::Null),
        words().prop_map(Value::from),
    ];
    (0..7200i64, body).prop_map(|(seconds, body)| {
        let at = DateTime::from_timestamp(1_699_996_400 + seconds, 0).unwrap();
        serde_json::json!({ "at": at, "body": body })
    })
}

cases! { watch => events() }
