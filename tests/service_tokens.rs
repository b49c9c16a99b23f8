//! Services that wait for a token: the request holds it, and whoever finds it there answers.
#![expect(missing_docs, reason = "the workflows are written as a user's library is")]

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use stepwright::{TaskToken, prelude::*};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "PascalCase")]
pub struct SendMessage<B> {
    pub queue_url: String,
    pub message_body: B,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay_seconds: Option<u32>,
}

/// Sends a message, and waits for who answers it.
#[task(resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken")]
pub async fn send_and_wait<B, T, E: TaskError>(
    request: impl FnOnce(TaskToken<Result<T, E>>) -> SendMessage<B>,
) -> Result<T, E>;

/// The same without an error.
#[task(resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken", timeout = "1h", retry(on("States.Timeout")))]
pub async fn count_there(request: impl FnOnce(TaskToken<u32>) -> SendMessage<String>) -> u32;

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum Refused {
    #[error("refused: {why}")]
    Refused { why: String },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Ask {
    pub order: String,
    pub token: TaskToken<Result<u32, Refused>>,
}

#[workflow]
pub async fn decide(order: String, queue: Option<String>) -> Result<u32, Refused> {
    let queue_url = queue.clone().unwrap_or_else(|| "main".to_owned());
    let delay = order.chars().count() as u32;
    let first = send_and_wait(|token| {
        let delay_seconds = if delay > 3 { Some(delay) } else { None };
        SendMessage { queue_url, message_body: Ask { order, token }, delay_seconds }
    })
    .await?;
    let text = format!("{first}");
    let mut url = "counts".to_owned();
    let later = count_there(|token| SendMessage {
        queue_url: url.clone(),
        message_body: format!("{text} for {token}"),
        ..Default::default()
    });
    url = "changed".to_owned();
    Ok(first + later.await + url.chars().count() as u32)
}

fn answer(request: SendMessage<Ask>) -> Result<u32, Refused> {
    match request.message_body.order.as_str() {
        "bad" => Err(Refused::Refused { why: request.queue_url }),
        order => Ok(order.chars().count() as u32 * 10 + request.delay_seconds.unwrap_or(0)),
    }
}

/// What stands before the token, and where it was sent.
fn count(request: SendMessage<String>) -> u32 {
    assert_eq!(request.queue_url, "counts");
    request.message_body.split(' ').next().and_then(|text| text.parse().ok()).unwrap_or(0)
}

#[tokio::test(start_paused = true)]
async fn mocks_see_the_request_and_answer() {
    for (order, queue, expected) in [
        ("abc", None, Ok(67)),
        ("abcd", Some("q"), Ok(95)),
        ("bad", None, Err(Refused::Refused { why: "main".to_owned() })),
    ] {
        let input = || (order.to_owned(), queue.map(str::to_owned));
        let native = decide::native().mock::<send_and_wait<Ask, u32, Refused>>(answer).mock::<count_there>(count);
        let local = decide::local().mock::<send_and_wait<Ask, u32, Refused>>(answer).mock::<count_there>(count);
        let native = native.run(input()).await.result().map_err(|failure| failure.error);
        let local = local.run(input()).await.result().map_err(|failure| failure.error);
        assert_eq!(native, expected.map_err(Some), "{order}");
        assert_eq!(local, native);
    }
}

/// The tokens of messages that nobody answered yet.
static SENT: Mutex<Vec<TaskToken<u32>>> = Mutex::new(Vec::new());

/// Reads the messages; the first was lost.
#[task]
pub async fn read_messages() -> bool {
    let sent = SENT.lock().map(|mut sent| std::mem::take(&mut *sent)).unwrap_or_default();
    let [lost, token] = sent.as_slice() else { return false };
    lost != token && lost.succeed(1).await.is_err() && token.succeed(7).await.is_ok()
}

#[workflow]
pub async fn count_and_read() -> (u32, bool) {
    let queue = "counts".to_owned();
    join!(
        count_there(|token| SendMessage { queue_url: queue, message_body: token.to_string(), ..Default::default() }),
        async {
            sleep(Duration::from_secs(90 * 60)).await;
            read_messages().await
        }
    )
}

/// Nobody answers the first message in time, and the second is answered by another task.
#[tokio::test(start_paused = true)]
async fn tokens_are_answered_later_and_each_attempt_has_its_own() {
    let keep = |request: SendMessage<String>, token: TaskToken<u32>| {
        assert_eq!(request.message_body, token.to_string());
        SENT.lock().unwrap_or_else(PoisonError::into_inner).push(token);
    };
    let native = count_and_read::native().mock_unanswered::<count_there>(keep).run(()).await;
    let local = count_and_read::local().mock_unanswered::<count_there>(keep).run(()).await;
    assert_eq!(native.result(), Ok((7, true)));
    assert_eq!(local.result(), Ok((7, true)));
}

#[test]
fn the_token_stands_where_the_request_has_it() {
    insta::assert_snapshot!(decide::definition().to_json());
}

/// All of its failures are tried again.
#[task(resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken", retry(max_attempts = 2))]
pub async fn ask_anybody(request: impl FnOnce(TaskToken<u32>) -> SendMessage<String>) -> u32;

#[workflow]
#[expect(clippy::indexing_slicing, reason = "panics where there is no third")]
pub async fn ask_third(queues: Vec<String>) -> u32 {
    ask_anybody(|token| SendMessage {
        queue_url: queues[2].clone(),
        message_body: token.to_string(),
        ..Default::default()
    })
    .await
}

/// A panic of the request is none of the task's failures, though its token is only there in the task's own state.
#[tokio::test(start_paused = true)]
async fn a_request_that_panics_is_not_tried_again() {
    let answer = |request: SendMessage<String>| request.queue_url.chars().count() as u32;
    for (queues, expected) in [(vec!["a", "b", "ccc"], Some(3)), (vec!["a"], None)] {
        let queues = || queues.iter().map(|&queue| queue.to_owned()).collect::<Vec<_>>();
        let native = ask_third::native().mock::<ask_anybody>(answer).run(queues()).await;
        let local = ask_third::local().mock::<ask_anybody>(answer).run(queues()).await;
        assert_eq!(native.result().ok(), expected);
        assert_eq!(local.result().ok(), expected);
        assert_eq!(local.calls().len(), native.calls().len());
        assert!(
            local
                .calls()
                .iter()
                .all(|call| call.arguments["MessageBody"].as_str().is_some_and(|text| !text.is_empty()))
        );
    }
}
