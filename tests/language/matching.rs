//! # `match` and patterns
//!
//! Literals, ranges, `|`, guards, bindings, tuples, structs, and enums in every representation of serde's: a pattern becomes the test that serde's attributes ask for.
//! `if let`, `let … else`, let chains and `matches!` take the same patterns.

use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Event {
    OrderPlaced { total: u64 },
    Cancelled { reason: Option<String> },
    Ping,
}

#[workflow]
pub async fn describe(event: Event) -> String {
    match event {
        Event::OrderPlaced { total: 0 } => "empty".to_string(),
        Event::OrderPlaced { total: 1..=99 } => "small".to_string(),
        Event::OrderPlaced { total } if total % 100 == 0 => format!("round {total}"),
        Event::OrderPlaced { total } => format!("order of {total}"),
        Event::Cancelled { reason: Some(reason) } => reason,
        Event::Cancelled { reason: None } | Event::Ping => "nothing".to_string(),
    }
}

runs! {
    describe(json!({ "kind": "orderPlaced", "total": 300 })) => json!("round 300"),
    describe(json!({ "kind": "cancelled", "reason": "late" })) => json!("late"),
    describe(json!({ "kind": "ping" })) => json!("nothing"),
}
