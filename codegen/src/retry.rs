//! `.retry(Retry::…)`: what one call asks for.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{info::Jitter, ir::Retrier};

/// When a call is tried again: goes before what the task's own `retry(…)` options say.
///
/// ```
/// # use std::time::Duration;
/// # use stepwright_codegen::retry::Retry;
/// let retry = Retry::on("PaymentError.Gateway").max_attempts(5).interval(Duration::from_secs(2));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[must_use = "pass it to `.retry(…)` of a call"]
pub struct Retry {
    on: Vec<String>,
    never: bool,
    interval: Option<Duration>,
    backoff: Option<f64>,
    max_attempts: Option<u64>,
    max_delay: Option<Duration>,
    jitter: Option<Jitter>,
}

impl Retry {
    /// Tries again after an error of this name; [`or`](Retry::or) adds others.
    pub fn on(name: impl Into<String>) -> Self {
        Retry { on: vec![name.into()], ..Retry::default() }
    }

    /// Tries again after every error.
    pub fn all() -> Self {
        Retry::default()
    }

    /// Never tries again: the task's own retriers do not count for this call.
    pub fn none() -> Self {
        Retry { never: true, ..Retry::default() }
    }

    /// Tries again after an error of this name, too.
    pub fn or(mut self, name: impl Into<String>) -> Self {
        self.on.push(name.into());
        self
    }

    /// How long to wait before the first retry, in whole seconds; one if not given.
    pub fn interval(self, interval: Duration) -> Self {
        Retry { interval: Some(interval), ..self }
    }

    /// What each next interval is multiplied by, at least 1; 2 if not given.
    pub fn backoff(self, rate: f64) -> Self {
        Retry { backoff: Some(rate), ..self }
    }

    /// How often to try again; 3 if not given.
    pub fn max_attempts(self, attempts: u64) -> Self {
        Retry { max_attempts: Some(attempts), ..self }
    }

    /// The longest interval, in whole seconds; no limit if not given.
    pub fn max_delay(self, delay: Duration) -> Self {
        Retry { max_delay: Some(delay), ..self }
    }

    /// Whether intervals are randomised; not if not given.
    pub fn jitter(self, jitter: Jitter) -> Self {
        Retry { jitter: Some(jitter), ..self }
    }

    /// Whether the intervals are whole seconds, which is all that a state machine counts.
    #[must_use]
    pub fn is_in_whole_seconds(&self) -> bool {
        [self.interval, self.max_delay].into_iter().flatten().all(|time| time.subsec_nanos() == 0)
    }

    /// The retrier; `None` for [`Retry::none`].
    #[must_use]
    pub fn into_retrier(self) -> Option<Retrier> {
        (!self.never).then(|| Retrier {
            on: self.on,
            interval: self.interval.as_ref().map(Duration::as_secs),
            backoff: self.backoff,
            max_attempts: self.max_attempts,
            max_delay: self.max_delay.as_ref().map(Duration::as_secs),
            jitter: self.jitter,
        })
    }
}
