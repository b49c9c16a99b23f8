//! Workflows that call workflows.

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, few, words};

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum HireError {
    #[error("{name} says no")]
    Refused { name: String },
    #[error("the team is full")]
    Full,
}

#[task]
pub async fn offer(name: String, pay: u32) -> Result<bool, HireError> {
    let mut dice = dice(("offer", &name, pay));
    if dice.one_in(5) { Err(HireError::Refused { name }) } else { Ok(dice.one_in(2)) }
}

/// Offers more and more.
#[workflow(inline)]
pub async fn hire(name: String, most: u32) -> Result<u32, HireError> {
    let mut pay = 10;
    while pay < most {
        if offer(name.clone(), pay).await? {
            return Ok(pay);
        }
        pay += 10;
    }
    Err(HireError::Full)
}

#[workflow]
pub async fn team(names: Vec<String>, budget: u32) -> Result<u32, HireError> {
    let mut left = budget;
    for name in names {
        match hire(name, left).await {
            Ok(pay) => left -= pay,
            Err(HireError::Full) => break,
            Err(error) => return Err(error),
        }
    }
    Ok(budget - left)
}

fn teams() -> impl Strategy<Value = serde_json::Value> {
    (few(words()), 0..60u32).prop_map(|(names, budget)| serde_json::json!({ "names": names, "budget": budget }))
}

cases! { team => teams() }
