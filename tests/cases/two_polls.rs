//! Two jobs watched side by side, each in a loop of its own.

use std::time::Duration;

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Running { percent: u8 },
    Done(String),
    Broken,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum JobError {
    #[error("{job} broke at {percent} %")]
    Broken { job: String, percent: u8 },
    #[error("{job} takes too long")]
    Slow { job: String },
}

#[task]
pub async fn status(job: String, round: u32) -> Status {
    let mut dice = dice(("status", job, round));
    match dice.roll(8) {
        0 => Status::Broken,
        1 | 2 => Status::Done(dice.word()),
        n => Status::Running { percent: n as u8 * 10 },
    }
}

#[task]
pub async fn stop(job: String) {
    let _ = job;
}

#[workflow]
pub async fn race(left: String, right: String, rounds: u32) -> Result<String, JobError> {
    let (a, b) = join!(
        async {
            let mut last = 0;
            for round in 0..rounds {
                match status(format!("left {left}"), round).await {
                    Status::Done(result) => return Ok(result),
                    Status::Broken => return Err(JobError::Broken { job: left.clone(), percent: last }),
                    Status::Running { percent } => last = percent.max(last),
                }
                sleep(Duration::from_secs(10)).await;
            }
            Err(JobError::Slow { job: left.clone() })
        },
        async {
            let mut round = 0;
            while round < rounds {
                if let Status::Done(result) = status(format!("right {right}"), round).await {
                    return Some(result);
                }
                round += 1;
                sleep(Duration::from_millis(u64::from(round) * 3000)).await;
            }
            stop(right.clone()).await;
            None
        },
    );
    match (a, b) {
        (Ok(a), Some(b)) => Ok(format!("{a}+{b}")),
        (Ok(a), None) if a != "ash" => Ok(a),
        (Ok(_), None) => Err(JobError::Slow { job: right }),
        (Err(error), Some(b)) => {
            stop(b).await;
            Err(error)
        }
        (Err(error), None) => Err(error),
    }
}

fn jobs() -> impl Strategy<Value = serde_json::Value> {
    (words(), words(), 0..4u32)
        .prop_map(|(left, right, rounds)| serde_json::json!({ "left": left, "right": right, "rounds": rounds }))
}

cases! { race => jobs() }
