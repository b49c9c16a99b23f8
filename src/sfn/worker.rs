//! Workers of activities: each polls for a task, does the work while it sends heartbeats, and reports what came of it.
//!
//! A worker stops in two steps. First it begins no new poll, and finishes what it works on. A poll that is under way is awaited, up to
//! a minute, as the service may hand out a task at any moment of it, which would be lost until its time-out. Then poll and work are
//! given up, and the work is reported as [`STOPPED`], which a retrier may name.

use std::{future, pin::pin, process, sync::Arc, time::Duration};

use serde_json::Value;
use stepwright_codegen::{error::TaskFailure, task::TaskEntry};
use tokio::{sync::watch, task::JoinSet};

use super::{CLIENT, Refusal, service_error, tell};
use crate::{
    TokenError,
    answer::{Answer, asked, attempt},
    token::Message,
};

/// The error name of work that was given up because its worker had to stop.
const STOPPED: &str = "WorkerStopped";
/// The longest name of a worker, in characters.
const MAX_WORKER_NAME: usize = 80;
/// The longest time between two polls that fail.
const MAX_DELAY: Duration = Duration::from_secs(30);

/// What a worker still does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Polls,
    Finishes,
    GivesUp,
}

/// One of the workers of a process.
#[derive(Clone)]
struct Worker {
    task: TaskEntry,
    activity: Arc<str>,
    name: Arc<str>,
    stage: watch::Receiver<Stage>,
}

/// A task that was handed out.
struct Job {
    token: String,
    input: Value,
}

/// Works on so many tasks at a time, until a signal comes or the service says that there is no sense in it.
pub(crate) async fn work(task: &TaskEntry, activity: String, concurrency: u16) -> Result<(), String> {
    let (stages, stage) = watch::channel(Stage::Polls);
    let name = format!("{}-{}", (task.info)().name, process::id());
    let name = super::shortened(name, MAX_WORKER_NAME).into();
    let worker = Worker { task: *task, activity: activity.into(), name, stage };
    let mut workers: JoinSet<_> = (0..concurrency).map(|_| worker.clone().run()).collect();
    eprintln!("worker {}: polls {}", worker.name, worker.activity);
    let mut signals = pin!(stop_on_signals(&stages));
    let mut result = Ok(());
    loop {
        let ended = tokio::select! {
            ended = workers.join_next() => ended,
            error = &mut signals => return Err(error),
        };
        let Some(ended) = ended else { break };
        if let Err(error) = ended.unwrap_or_else(|error| Err(error.to_string())) {
            // Another one may fail for the same reason.
            stages.send_modify(|stage| *stage = (*stage).max(Stage::Finishes));
            eprintln!("worker {}: polls no more: {error}", worker.name);
            result = Err(error);
        }
    }
    eprintln!("worker {}: stopped", worker.name);
    result
}

/// Goes a step further with each signal; returns only if there are no signals.
async fn stop_on_signals(stages: &watch::Sender<Stage>) -> String {
    let mut signals = match Signals::new() {
        Ok(signals) => signals,
        Err(error) => return format!("cannot listen to signals: {error}"),
    };
    signals.next().await;
    eprintln!("stopping when all polls and all work are done; the next signal gives them up");
    stages.send_modify(|stage| *stage = (*stage).max(Stage::Finishes));
    signals.next().await;
    stages.send_replace(Stage::GivesUp);
    future::pending().await
}

#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Signals { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Signals)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            future::pending().await
        }
    }
}

impl Worker {
    async fn run(mut self) -> Result<(), String> {
        let mut failed = 0;
        while *self.stage.borrow() == Stage::Polls {
            let polled = tokio::select! {
                polled = poll(&self.activity, &self.name) => polled,
                () = reaches(&mut self.stage, Stage::GivesUp) => return Ok(()),
            };
            match polled {
                Ok(job) => {
                    failed = 0;
                    if let Some(job) = job {
                        self.serve(job).await;
                    }
                }
                Err(Poll::Passing(error)) => {
                    let delay = delay(failed);
                    failed += 1;
                    eprintln!("poll failed, next in {} ms: {error}", delay.as_millis());
                    tokio::select! {
                        () = reaches(&mut self.stage, Stage::Finishes) => return Ok(()),
                        () = tokio::time::sleep(delay) => {}
                    }
                }
                Err(Poll::Final(error)) => return Err(error),
            }
        }
        Ok(())
    }

    /// Does the work and reports what came of it, unless the service says meanwhile that nobody waits for it.
    async fn serve(&mut self, job: Job) {
        let arguments = match asked(&self.task, job.input) {
            Ok((arguments, _)) => arguments,
            Err(failure) => return self.report(&job.token, Err(failure)).await,
        };
        // In a task of its own, so that heartbeats go on while it computes.
        let mut work = tokio::spawn(attempt((self.task.invoke)(arguments)));
        let answer = tokio::select! {
            done = &mut work => done.unwrap_or_else(|error| Err(TaskFailure::new(TaskFailure::PANIC, error.to_string()))),
            gone = heartbeats(&job.token, (self.task.info)().heartbeat()) => {
                work.abort();
                eprintln!("abandoned: {gone}");
                return;
            }
            () = reaches(&mut self.stage, Stage::GivesUp) => {
                work.abort();
                Err(TaskFailure::new(STOPPED, "the worker was stopped"))
            }
        };
        self.report(&job.token, answer).await;
    }

    /// Reports what came of the work, until the service takes it, nobody waits for it, or the worker gives up. A result that the
    /// service refuses is a failure.
    async fn report(&mut self, token: &str, answer: Answer) {
        let mut message = Message::Answer(answer);
        let mut failed = 0;
        while let Err(Refusal { error, is_passing }) = tell(token, &message).await {
            let is_result = matches!(message, Message::Answer(Ok(_)));
            eprintln!("report: {error}");
            if is_passing {
                let delay = delay(failed);
                failed += 1;
                tokio::select! {
                    () = reaches(&mut self.stage, Stage::GivesUp) => return,
                    () = tokio::time::sleep(delay) => {}
                }
            } else if is_gone(&error) || !is_result {
                return;
            } else {
                message = Message::Answer(Err(TaskFailure::new(TaskFailure::INVALID_RESULT, error.to_string())));
            }
        }
    }
}

/// Whether nobody waits for the work any more.
fn is_gone(error: &TokenError) -> bool {
    matches!(error, TokenError::TimedOut | TokenError::Unknown | TokenError::Invalid)
}

/// Waits until the worker is to do no more than this.
async fn reaches(stage: &mut watch::Receiver<Stage>, wanted: Stage) {
    if stage.wait_for(|stage| *stage >= wanted).await.is_err() {
        future::pending().await
    }
}

/// Why a poll failed.
enum Poll {
    /// The next one may go well.
    Passing(String),
    /// None will.
    Final(String),
}

/// Asks for a task; there may be none for a minute.
async fn poll(activity: &str, worker: &str) -> Result<Option<Job>, Poll> {
    let client = CLIENT.get().await;
    let polled = client.get_activity_task().activity_arn(activity).worker_name(worker).send().await;
    let polled = polled.map_err(|error| {
        let text = service_error::text(&error);
        if service_error::is_passing(&error) { Poll::Passing(text) } else { Poll::Final(text) }
    })?;
    let Some(token) = polled.task_token.filter(|token| !token.is_empty()) else { return Ok(None) };
    let input = polled.input.unwrap_or_default();
    // The service hands out nothing but JSON; of anything else the task says that it does not fit.
    let input = serde_json::from_str(&input).unwrap_or(Value::String(input));
    Ok(Some(Job { token, input }))
}

/// Sends a heartbeat in each third of the time between two; returns when nobody waits for the work any more.
async fn heartbeats(token: &str, longest: Option<Duration>) -> TokenError {
    let Some(longest) = longest else { return future::pending().await };
    loop {
        tokio::time::sleep(longest / 3).await;
        match tell(token, &Message::Heartbeat).await.map_err(|refusal| refusal.error) {
            Ok(()) => {}
            Err(error) if is_gone(&error) => return error,
            // The work goes on: the next one may get through.
            Err(error) => eprintln!("heartbeat: {error}"),
        }
    }
}

/// How long to wait after so many failures, at random so that workers do not come back together: up to one second, then up to
/// twice as much each time.
fn delay(failed: u32) -> Duration {
    let most = MAX_DELAY.min(Duration::from_secs(1 << failed.min(5)));
    most.mul_f64(0.5 + fastrand::f64() / 2.0)
}
