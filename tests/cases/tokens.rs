//! Tasks that somebody else ends: by a token, or as a worker that polls.

use std::time::Duration;

use proptest::prelude::*;
use stepwright::{TaskToken, prelude::*};

use crate::support::{dice, few, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Expense {
    pub by: String,
    pub amount: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Decision {
    pub approved: bool,
    pub by: String,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum ReviewError {
    #[error("{name} is away")]
    Away { name: String },
    #[error("no answer in time")]
    #[asl(error = "States.Timeout")]
    TooLate,
    #[error("not sent")]
    NotSent,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum MailError {
    #[error("not sent")]
    #[asl(error = "ReviewError.NotSent")]
    NotSent,
}

/// Asks a person, who may not answer.
#[task(wait_for_task_token, timeout = "3d")]
pub async fn review(
    expense: Expense,
    reviewer: &str,
    token: TaskToken<Result<Decision, ReviewError>>,
) -> Result<(), MailError> {
    let mut dice = dice(("review", &expense, reviewer));
    // Somebody else reads the token from a mail.
    let token: TaskToken<Result<Decision, ReviewError>> = token.to_string().parse().unwrap();
    let answered = match dice.roll(6) {
        0 => return Err(MailError::NotSent),
        1 => token.fail(ReviewError::Away { name: reviewer.to_owned() }).await,
        2 => Ok(()),
        luck => token.succeed(Decision { approved: luck > 3, by: reviewer.to_owned() }).await,
    };
    answered.unwrap();
    Ok(())
}

/// A token is all that it takes, and there is no error.
#[task(wait_for_task_token)]
pub async fn next_number(token: TaskToken<u32>) {
    let number = dice("next_number").roll(100) as u32;
    token.heartbeat().await.unwrap();
    token.succeed(number).await.unwrap();
    assert!(token.succeed(number).await.is_err(), "it was answered already");
}

/// The first reviewer who decides.
#[workflow]
pub async fn reimburse(expense: Expense, reviewers: Vec<String>) -> Result<Decision, ReviewError> {
    if expense.amount < 50 {
        return Ok(Decision { approved: true, by: format!("rule {}", next_number().await) });
    }
    for reviewer in reviewers {
        match review(expense.clone(), &reviewer).await {
            Ok(decision) => return Ok(decision),
            Err(ReviewError::Away { .. } | ReviewError::TooLate) => {}
            Err(error) => return Err(error),
        }
    }
    review(expense, "the boss").timeout(Duration::from_secs(600)).name("Ask the boss").await
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum WorkError {
    #[error("broken: {part}")]
    Broken { part: String },
    #[asl(error = "States.HeartbeatTimeout")]
    #[error("the worker is gone")]
    Gone,
}

/// Done by workers in the hall.
#[task(activity, timeout = "2h", heartbeat = "5m", retry(on(WorkError::Gone), max_attempts = 2))]
pub async fn assemble(part: String, count: u32) -> Result<u32, WorkError> {
    let mut dice = dice(("assemble", &part, count));
    if dice.one_in(4) { Err(WorkError::Broken { part }) } else { Ok(count + dice.roll(3) as u32) }
}

#[task(activity, name = "pack-up")]
pub async fn pack_up(parts: Vec<String>) -> String {
    parts.join("+")
}

#[workflow]
pub async fn build_set(parts: Vec<String>) -> Result<(String, u32), WorkError> {
    let mut done = Vec::new();
    let mut count = 0;
    for part in parts {
        match assemble(part.clone(), count).await {
            Ok(more) => {
                count = more % 50;
                done.push(part);
            }
            Err(WorkError::Broken { part }) if part.is_empty() => {}
            Err(error) => return Err(error),
        }
    }
    Ok((pack_up(done).heartbeat(Duration::from_secs(60)).await, count))
}

fn expenses() -> impl Strategy<Value = serde_json::Value> {
    (words(), prop_oneof![0..50u32, 50..500u32], few(words())).prop_map(|(by, amount, reviewers)| {
        serde_json::json!({ "expense": { "by": by, "amount": amount }, "reviewers": reviewers })
    })
}

cases! {
    reimburse => expenses(),
    build_set => few(words()),
}
