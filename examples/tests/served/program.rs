//! A program whose tasks do what tasks of the examples do not: they panic, wait, share, and hand tokens on.

#![expect(dead_code, reason = "no workflow of the program calls them")]

use std::{
    path::Path,
    process::ExitCode,
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
    time::{Duration, UNIX_EPOCH},
};

use stepwright::{Shared, TaskToken, lambda::Invocation, prelude::*};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TaskError)]
enum WorkError {
    Refused { why: String },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
enum Work {
    Done(String),
    Refused(String),
    Panics,
    /// Never ends.
    Hangs,
    /// Waits for a file.
    Until(String),
}

#[task]
async fn panics(text: String) -> String {
    panic!("no {text}")
}

#[task]
async fn nothing() -> u8 {
    7
}

#[task]
async fn maybe(text: Option<String>) -> String {
    text.unwrap_or_else(|| "none".into())
}

static IS_SET_UP: AtomicBool = AtomicBool::new(false);

async fn set_up() {
    IS_SET_UP.store(true, Ordering::Relaxed);
}

#[task]
async fn is_set_up() -> bool {
    IS_SET_UP.load(Ordering::Relaxed)
}

/// How often it was asked, and how often that was set up.
#[task]
async fn shared() -> (u32, u32) {
    static MADE: AtomicU32 = AtomicU32::new(0);
    static ASKED: Shared<AtomicU32> = Shared::new(|| {
        Box::pin(async {
            MADE.fetch_add(1, Ordering::Relaxed);
            AtomicU32::new(0)
        })
    });
    (ASKED.get().await.fetch_add(1, Ordering::Relaxed) + 1, MADE.load(Ordering::Relaxed))
}

#[task]
async fn invocation() -> Option<(String, u64)> {
    let invocation = Invocation::current()?;
    Some((invocation.request_id, invocation.deadline.duration_since(UNIX_EPOCH).ok()?.as_secs()))
}

/// Answers at once, as whoever has the token might.
#[task(wait_for_task_token, timeout = "1h")]
async fn ask(question: String, token: TaskToken<Result<bool, WorkError>>) -> Result<(), WorkError> {
    let told = match question.as_str() {
        "alive?" => token.heartbeat().await,
        "refused?" => token.fail(WorkError::Refused { why: question }).await,
        _ => token.succeed(true).await,
    };
    told.map_err(|error| WorkError::Refused { why: format!("{error:?}") })
}

#[task(activity, timeout = "1h", heartbeat = "1s")]
async fn work(work: Work) -> Result<String, WorkError> {
    match work {
        Work::Done(text) => Ok(text),
        Work::Refused(why) => Err(WorkError::Refused { why }),
        Work::Panics => panic!("at work"),
        Work::Hangs => std::future::pending().await,
        Work::Until(file) => {
            while !Path::new(&file).exists() {
                // Does not yield: heartbeats do not depend on it.
                std::thread::sleep(Duration::from_millis(20));
            }
            Ok("waited".into())
        }
    }
}

fn main() -> ExitCode {
    stepwright::main!(set_up = set_up)
}
