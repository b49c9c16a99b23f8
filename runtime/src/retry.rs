//! `Retry` and the matching of error names.

use std::time::Duration;

use stepwright_asl::{JitterStrategy, Retrier as Definition, error_name};

use crate::error::Failure;
use crate::random::Random;

/// A retrier, ready to compute delays.
#[derive(Debug)]
pub(crate) struct Retrier {
    errors: ErrorNames,
    interval: f64,
    max_attempts: u64,
    backoff_rate: f64,
    max_delay: f64,
    has_jitter: bool,
}

/// The names of an `ErrorEquals`.
#[derive(Debug)]
pub(crate) struct ErrorNames(Vec<Box<str>>);

/// How often each retrier of a state has been used since the state was entered.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    used: Vec<u64>,
}

impl Attempts {
    /// How long to wait before the next attempt; `None` if the failure is not tried again.
    ///
    /// Only the first retrier that names the error counts: when it is used up, no later one takes over.
    pub(crate) fn after(&mut self, retriers: &[Retrier], failure: &Failure, random: &Random) -> Option<Duration> {
        let (position, retrier) = Retrier::of(retriers, failure)?;
        self.used.resize(retriers.len(), 0);
        let used = self.used.get_mut(position)?;
        let delay = retrier.delay_after(*used, random)?;
        *used += 1;
        Some(delay)
    }
}

impl Retrier {
    /// The retrier for a failure, and its position.
    pub(crate) fn of<'r>(retriers: &'r [Retrier], failure: &Failure) -> Option<(usize, &'r Retrier)> {
        retriers.iter().enumerate().find(|(_, retrier)| retrier.errors.contain(failure))
    }

    pub(crate) fn compile(definition: &Definition) -> Retrier {
        #[expect(clippy::cast_precision_loss, reason = "the language bounds these numbers far below 2^53")]
        let seconds = |number: u64| number as f64;
        Retrier {
            errors: ErrorNames::compile(&definition.error_equals),
            interval: seconds(definition.interval_seconds.unwrap_or(1)),
            max_attempts: definition.most_attempts(),
            backoff_rate: definition.backoff_rate.as_ref().and_then(serde_json::Number::as_f64).unwrap_or(2.0),
            max_delay: definition.max_delay_seconds.map_or(f64::MAX, seconds),
            has_jitter: definition.jitter_strategy == Some(JitterStrategy::Full),
        }
    }

    /// The delay before the retry that follows `used` earlier ones by this retrier, unless they were all that it makes.
    pub(crate) fn delay_after(&self, used: u64, random: &Random) -> Option<Duration> {
        (used < self.max_attempts).then(|| self.delay(used, random))
    }

    fn delay(&self, used: u64, random: &Random) -> Duration {
        let exponent = i32::try_from(used).unwrap_or(i32::MAX);
        let seconds = (self.interval * self.backoff_rate.powi(exponent)).min(self.max_delay);
        let seconds = if self.has_jitter { seconds * random.fraction() } else { seconds };
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
    }
}

impl ErrorNames {
    pub(crate) fn compile(names: &[String]) -> ErrorNames {
        ErrorNames(names.iter().map(|name| name.as_str().into()).collect())
    }

    /// Whether the failure is one of these, wildcards included.
    pub(crate) fn contain(&self, failure: &Failure) -> bool {
        let error = failure.error.as_deref();
        error != Some(error_name::RUNTIME) && self.0.iter().any(|name| matches(name, error, failure.is_heartbeat))
    }
}

fn matches(name: &str, error: Option<&str>, is_heartbeat: bool) -> bool {
    match name {
        error_name::ALL => true,
        error_name::TASK_FAILED => error != Some(error_name::TIMEOUT),
        error_name::HEARTBEAT_TIMEOUT if is_heartbeat => true,
        _ => error == Some(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(error: &str) -> Failure {
        Failure { error: Some(error.to_owned()), cause: None, is_heartbeat: false, event: 0 }
    }

    #[test]
    fn wildcards_and_names() {
        let matches = |name: &str, failure: &Failure| ErrorNames::compile(&[name.to_owned()]).contain(failure);
        assert!(matches("States.ALL", &failure("Any")));
        assert!(!matches("States.ALL", &failure("States.Runtime")));
        assert!(!matches("States.Runtime", &failure("States.Runtime")));
        assert!(matches("States.TaskFailed", &failure("Any")));
        assert!(!matches("States.TaskFailed", &failure("States.Timeout")));
        assert!(!matches("Exception", &failure("Exception.Sub")));
        let heartbeat = Failure { is_heartbeat: true, ..failure("States.Timeout") };
        assert!(matches("States.HeartbeatTimeout", &heartbeat));
        assert!(!matches("States.HeartbeatTimeout", &failure("States.Timeout")));
    }

    /// The delays in seconds until no more attempts are made.
    fn delays(definitions: &[Definition], errors: &[&str]) -> Vec<u64> {
        let retriers: Vec<_> = definitions.iter().map(Retrier::compile).collect();
        let (mut attempts, random) = (Attempts::default(), Random::seeded(1));
        let delay = |error: &&str| attempts.after(&retriers, &failure(error), &random);
        errors.iter().map_while(delay).map(|delay| delay.as_secs()).collect()
    }

    fn retrier(name: &str) -> Definition {
        Definition { error_equals: vec![name.to_owned()], ..Definition::default() }
    }

    #[test]
    fn delays_grow_up_to_their_bound() {
        assert_eq!(delays(&[retrier("States.ALL")], &["A"; 5]), [1, 2, 4]);
        let bounded = Definition {
            interval_seconds: Some(2),
            max_attempts: Some(5),
            max_delay_seconds: Some(10),
            backoff_rate: serde_json::Number::from_f64(3.0),
            ..retrier("States.ALL")
        };
        assert_eq!(delays(&[bounded], &["A"; 9]), [2, 6, 10, 10, 10]);
        assert_eq!(delays(&[Definition { max_attempts: Some(0), ..retrier("States.ALL") }], &["A"]), [0; 0]);
    }

    #[test]
    fn each_retrier_counts_for_itself_and_none_takes_over() {
        let once = Definition { max_attempts: Some(1), ..retrier("A") };
        assert_eq!(delays(&[once.clone(), retrier("States.ALL")], &["A", "B", "B", "A"]), [1, 1, 2]);
    }

    #[test]
    fn jitter_stays_below_the_delay() {
        let jitter =
            Definition { interval_seconds: Some(1_000), jitter_strategy: Some(JitterStrategy::Full), ..retrier("A") };
        let delays = delays(&[jitter], &["A"; 3]);
        assert!(delays.iter().zip([1_000, 2_000, 4_000]).all(|(delay, bound)| *delay <= bound));
        assert_ne!(delays, [1_000, 2_000, 4_000]);
    }
}
