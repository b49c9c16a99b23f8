//! Retriers and time-outs, as the machine understands them.

use std::time::Duration;

use stepwright_asl::error_name;
use stepwright_codegen::{
    error::TaskFailure,
    info::{Jitter, RetryInfo, TaskInfo},
    ir::Retrier,
    retry::Retry,
};

use crate::answer::{Answer, timed_out};

/// What a call does when an attempt fails or takes long.
pub(super) struct Policy {
    retriers: Vec<Retrier>,
    /// How many of the retriers the call itself asked for.
    own: usize,
    pub(super) timeout: Option<Duration>,
    pub(super) heartbeat: Option<Duration>,
}

impl Policy {
    /// Nothing but what the call itself asks for.
    pub(super) fn none() -> Self {
        Policy { retriers: Vec::new(), own: 0, timeout: None, heartbeat: None }
    }

    /// What the task's attribute says.
    pub(super) fn of(task: &TaskInfo) -> Self {
        let retriers = task.retry.iter().map(retrier).collect();
        Policy { retriers, own: 0, timeout: task.timeout(), heartbeat: task.heartbeat() }
    }

    /// Goes before the task's own retriers, and after those that the call has asked for before.
    pub(super) fn retry(&mut self, retry: Retry) {
        match retry.into_retrier() {
            Some(retrier) => {
                self.retriers.insert(self.own, retrier);
                self.own += 1;
            }
            None => self.retriers.truncate(self.own),
        }
    }

    /// Makes attempts until one succeeds or no retrier helps.
    pub(super) async fn run<F: Future<Output = Answer>>(&self, mut attempt: impl FnMut() -> F) -> Answer {
        let mut retries = vec![0; self.retriers.len()];
        loop {
            let failure = match self.limited(attempt()).await {
                Ok(value) => return Ok(value),
                Err(failure) => failure,
            };
            match self.delay(&failure, &mut retries) {
                Some(delay) => tokio::time::sleep(delay).await,
                None => return Err(failure),
            }
        }
    }

    async fn limited(&self, attempt: impl Future<Output = Answer>) -> Answer {
        let Some(limit) = [self.timeout, self.heartbeat].into_iter().flatten().min() else { return attempt.await };
        tokio::time::timeout(limit, attempt).await.unwrap_or_else(|_| Err(timed_out()))
    }

    /// How long to wait before the next attempt. Only the first retrier that names the error counts.
    fn delay(&self, failure: &TaskFailure, retries: &mut [u64]) -> Option<Duration> {
        let (retrier, used) =
            self.retriers.iter().zip(retries).find(|(retrier, _)| is_retried(&retrier.on, &failure.name))?;
        if *used >= retrier.max_attempts.unwrap_or(3) {
            return None;
        }
        let delay = interval(retrier, *used);
        *used += 1;
        Some(delay)
    }
}

fn retrier(info: &RetryInfo) -> Retrier {
    Retrier {
        on: (info.on)(),
        interval: info.interval,
        backoff: info.backoff,
        max_attempts: info.max_attempts,
        max_delay: info.max_delay,
        jitter: info.jitter,
    }
}

fn is_retried(on: &[String], error: &str) -> bool {
    on.is_empty() || on.iter().any(|name| matches(name, error))
}

fn matches(name: &str, error: &str) -> bool {
    match name {
        error_name::ALL => true,
        error_name::TASK_FAILED => error != error_name::TIMEOUT,
        _ => name == error,
    }
}

/// The wait before the retry that follows this many by the same retrier.
#[expect(clippy::cast_precision_loss, reason = "the language bounds these numbers far below 2^53")]
fn interval(retrier: &Retrier, used: u64) -> Duration {
    let exponent = i32::try_from(used).unwrap_or(i32::MAX);
    let seconds = retrier.interval.unwrap_or(1) as f64 * retrier.backoff.unwrap_or(2.0).powi(exponent);
    let seconds = retrier.max_delay.map_or(seconds, |most| seconds.min(most as f64));
    let seconds = match retrier.jitter {
        Some(Jitter::Full) => seconds * fastrand::f64(),
        Some(Jitter::None) | None => seconds,
    };
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}
