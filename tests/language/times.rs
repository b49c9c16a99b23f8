//! # Times
//!
//! `chrono::DateTime<Utc>` in RFC 3339, and `Duration`.

use stepwright::prelude::*;

use std::time::Duration;

use chrono::{DateTime, Utc};

#[derive(Serialize, Deserialize, JsonSchema, Data)]
pub struct Due {
    pub at: DateTime<Utc>,
    pub late: bool,
}

#[workflow]
pub async fn due(placed: DateTime<Utc>, now: DateTime<Utc>, days: u64) -> Due {
    let at = placed + Duration::from_secs(days * 86_400);
    Due { at, late: now > at }
}

runs! {
    due(json!({ "placed": "2026-01-30T10:00:00Z", "now": "2026-02-02T00:00:00Z", "days": 2 })) =>
        json!({ "at": "2026-02-01T10:00:00Z", "late": true }),
}
