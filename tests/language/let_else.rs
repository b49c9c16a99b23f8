//! # `let … else` and let chains
//!
//! What they test is known behind them: no state asks it again.

use stepwright::prelude::*;

#[task]
pub async fn find(name: String) -> Option<u64> {
    (name != "nobody").then_some(name.chars().count() as u64)
}

#[workflow]
pub async fn score(name: Option<String>) -> u64 {
    let Some(name) = name else {
        return 0;
    };
    if let Some(found) = find(name.clone()).await
        && found > 3
    {
        return found;
    }
    1
}

runs! {
    score(json!(null)) => json!(0),
    score(json!("nobody")) => json!(1),
    score(json!("hazel")) => json!(5),
}
