//! Errors of others, told apart by their names.

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, words};

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum FeedError {
    #[error("malformed in line {line}")]
    Malformed { line: u32 },
    #[error("{name}")]
    #[asl(other)]
    Other { name: String },
}

#[task]
pub async fn read_feed(url: String) -> Result<u32, FeedError> {
    let mut dice = dice(("read_feed", &url));
    let other = |name: &str| Err(FeedError::Other { name: name.to_owned() });
    match dice.roll(7) {
        0 => Err(FeedError::Malformed { line: dice.roll(3) as u32 }),
        1 => other("Feed.Stale"),
        2 => other("Feed.Moved"),
        3 => other("Feed.Gone"),
        4 => other("Feed.Broken"),
        n => Ok(n as u32),
    }
}

/// Catchers of names lead where a choice by the name would.
#[workflow]
pub async fn read_any(url: String, mirror: String) -> Result<u32, FeedError> {
    match read_feed(url).await {
        Err(FeedError::Other { name }) if name == "Feed.Stale" => Ok(0),
        Err(FeedError::Other { name }) if name == "Feed.Moved" || name == "Feed.Gone" => read_feed(mirror).await,
        read => read,
    }
}

fn addresses() -> impl Strategy<Value = serde_json::Value> {
    (words(), words()).prop_map(|(url, mirror)| serde_json::json!({ "url": url, "mirror": mirror }))
}

cases! { read_any => addresses() }
