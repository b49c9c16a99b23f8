//! # Task tokens
//!
//! The body of a task with `wait_for_task_token` only hands the token on; whoever has it answers, now or days later, from here or elsewhere.
//! Callers leave the token out and get what its type says.
//!
//! A service that waits for a token has it in its request: such a task has no body, and takes a closure that makes the request from the token.
//! In native and local runs its mock sees the request and answers; `mock_unanswered` keeps the token instead, for somebody else to answer.

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

#[derive(Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "PascalCase")]
pub struct SendMessage<B> {
    pub queue_url: String,
    pub message_body: B,
}

#[derive(Serialize, Deserialize, JsonSchema, Data)]
pub struct Order {
    pub id: String,
    pub token: TaskToken<Result<u64, ReviewError>>,
}

#[task(resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken")]
pub async fn send_and_wait<B, T, E: TaskError>(
    request: impl FnOnce(TaskToken<Result<T, E>>) -> SendMessage<B>,
) -> Result<T, E>;

#[workflow]
pub async fn order(id: String) -> Result<u64, ReviewError> {
    let price = send_and_wait(|token| SendMessage {
        queue_url: "https://sqs.eu-west-1.amazonaws.com/123456789012/orders".to_string(),
        message_body: Order { id, token },
    })
    .await?;
    Ok(price + 1)
}

runs! {
    expense(json!(5)) => json!("approved 5"),
    expense(json!(13)) => fails("ReviewError.Refused"),
    expense(json!(99)) => json!("nobody answered");
    order
}

#[tokio::test(start_paused = true)]
async fn requests_are_answered() {
    let answer = |request: SendMessage<Order>| match request.message_body.id.as_str() {
        "o1" => Ok(41),
        _ => Err(ReviewError::Refused),
    };
    for (id, expected) in [("o1", Some(42)), ("o2", None)] {
        let native = order::native().mock::<send_and_wait<Order, u64, ReviewError>>(answer).run(id.to_string()).await;
        let local = order::local().mock::<send_and_wait<Order, u64, ReviewError>>(answer).run(id.to_string()).await;
        assert_eq!(native.result().ok(), expected);
        assert_eq!(local.result().ok(), expected);
    }
}
