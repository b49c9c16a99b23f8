//! Takes a lock with retries of its own, works, and gives it back whatever happens.

use std::time::Duration;

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, words};

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum LockError {
    #[error("held by {holder}")]
    Held { holder: String },
    #[error("no such lock")]
    Unknown,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum WorkError {
    #[error("lock: {0}")]
    Lock(#[from] LockError),
    #[error("step {step} failed")]
    Step { step: u32 },
    #[error("something else")]
    #[asl(other)]
    Other,
}

#[task]
pub async fn lock(name: String) -> Result<String, LockError> {
    let mut dice = dice(("lock", &name));
    match dice.roll(5) {
        0 | 1 => Err(LockError::Held { holder: dice.word() }),
        2 => Err(LockError::Unknown),
        _ => Ok(format!("{name}#{}", dice.roll(9))),
    }
}

#[task]
pub async fn work(token: String, step: u32) -> Result<u32, WorkError> {
    let mut dice = dice(("work", &token, step));
    match dice.roll(8) {
        0 => Err(WorkError::Step { step }),
        1 => Err(WorkError::Other),
        n => Ok(n as u32),
    }
}

#[task]
pub async fn unlock(token: String) -> Result<(), LockError> {
    if dice(("unlock", &token)).one_in(6) { Err(LockError::Unknown) } else { Ok(()) }
}

#[workflow]
pub async fn locked(name: String, steps: u32) -> Result<u32, WorkError> {
    let token = lock(name)
        .retry(Retry::on("LockError.Held").max_attempts(2).interval(Duration::from_secs(5)).backoff(1.5))
        .await?;
    let done = async {
        let mut sum = 0;
        for step in 0..steps {
            sum += work(token.clone(), step).await?;
        }
        Ok::<u32, WorkError>(sum)
    }
    .await;
    unlock(token).await?;
    done
}

/// Tries by itself, with longer and longer waits.
#[workflow]
pub async fn patient(name: String, tries: u32) -> Result<Option<String>, LockError> {
    let mut attempt = 0;
    let token = 'taken: {
        while attempt < tries {
            attempt += 1;
            match lock(name.clone()).await {
                Ok(token) => break 'taken Some(token),
                Err(LockError::Held { holder }) if holder != "cedar" => {
                    sleep(Duration::from_secs(2u64.pow(attempt))).await
                }
                Err(error) => return Err(error),
            }
        }
        None
    };
    let Some(token) = token else {
        return Ok(None);
    };
    match unlock(token.clone()).await {
        Ok(()) => Ok(Some(format!("{token} after {attempt}"))),
        Err(LockError::Unknown) if attempt > 1 => Ok(None),
        Err(error) => Err(error),
    }
}

fn locks() -> impl Strategy<Value = serde_json::Value> {
    (words(), 0..4u32).prop_map(|(name, n)| serde_json::json!({ "name": name, "steps": n, "tries": n }))
}

cases! { locked => locks(), patient => locks() }
