//! # Task tokens
//!
//! The body of a task with `wait_for_task_token` only hands the token on; whoever has it answers, now or days later, from here or elsewhere.
//! Callers leave the token out and get what its type says.

use stepwright::prelude::*;

use stepwright::TaskToken;

#[derive(Debug, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum ReviewError {
    #[error("refused")]
    Refused,
    #[error("no answer in time")]
    #[asl(error = "States.Timeout")]
    TooLate,
}

#[task(wait_for_task_token, timeout = "3d")]
pub async fn review(amount: u64, token: TaskToken<Result<String, ReviewError>>) {
    let answered = match amount {
        13 => token.fail(ReviewError::Refused).await,
        99 => Ok(()),
        amount => token.succeed(format!("approved {amount}")).await,
    };
    answered.unwrap();
}

#[workflow]
pub async fn expense(amount: u64) -> Result<String, ReviewError> {
    match review(amount).await {
        Err(ReviewError::TooLate) => Ok("nobody answered".to_string()),
        decided => decided,
    }
}

runs! {
    expense(json!(5)) => json!("approved 5"),
    expense(json!(13)) => fails("ReviewError.Refused"),
    expense(json!(99)) => json!("nobody answered"),
}
