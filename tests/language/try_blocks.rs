//! # `async` blocks
//!
//! An `async` block that is awaited catches the errors of what stands in it: `?` inside leaves the block only.

use stepwright::prelude::*;

#[derive(Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum StepError {
    #[error("step {step} failed")]
    Failed { step: u64 },
}

#[task]
pub async fn step(number: u64, fails: bool) -> Result<u64, StepError> {
    if fails { Err(StepError::Failed { step: number }) } else { Ok(number) }
}

#[task]
pub async fn clean_up() -> u64 {
    1
}

#[workflow]
pub async fn steps(second_fails: bool) -> Result<u64, StepError> {
    let done = async {
        let first = step(1, false).await?;
        let second = step(2, second_fails).await?;
        Ok::<_, StepError>(first + second)
    }
    .await;
    clean_up().await;
    done
}

runs! {
    steps(json!(false)) => json!(3),
    steps(json!(true)) => fails("StepError.Failed"),
}
