//! Asks one after the other until enough agree, or too many do not.

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, few, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Tally {
    pub yes: Vec<String>,
    pub no: u32,
    pub silent: usize,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum VoteError {
    #[error("{name} is away")]
    Away { name: String },
    #[error("the ballot is spoilt")]
    Spoilt,
}

#[task]
pub async fn vote(name: String) -> Result<bool, VoteError> {
    let mut dice = dice(("vote", &name));
    match dice.roll(6) {
        0 => Err(VoteError::Away { name }),
        1 => Err(VoteError::Spoilt),
        n => Ok(n > 3),
    }
}

#[workflow]
pub async fn elect(voters: Vec<String>, needed: usize) -> Result<Tally, VoteError> {
    let mut tally = Tally { yes: vec![], no: 0, silent: 0 };
    for name in voters.iter() {
        if name.is_empty() {
            continue;
        }
        match vote(name.clone()).await {
            Ok(true) => tally.yes.push(name.clone()),
            Ok(false) => tally.no += 1,
            Err(VoteError::Away { .. }) => tally.silent += 1,
            Err(error) => return Err(error),
        }
        if tally.yes.len() >= needed {
            break;
        }
        if tally.no as usize > voters.len() / 2 {
            return Ok(Tally { yes: Vec::new(), ..tally });
        }
    }
    Ok(tally)
}

/// All at once; the first `needed` of those who agree.
#[workflow]
pub async fn poll(voters: Vec<String>, needed: usize) -> Option<Vec<String>> {
    let asked = voters.clone();
    let votes = map(voters, async |name| vote(name).await.unwrap_or(false)).await;
    let yes: Vec<String> =
        asked.iter().zip(votes.iter()).filter(|(_, yes)| **yes).map(|(name, _)| name.clone()).collect();
    if yes.len() < needed {
        return None;
    }
    Some(yes.into_iter().take(needed).collect())
}

fn ballots() -> impl Strategy<Value = serde_json::Value> {
    (few(words()), 0..4usize).prop_map(|(voters, needed)| serde_json::json!({ "voters": voters, "needed": needed }))
}

cases! { elect => ballots(), poll => ballots() }
