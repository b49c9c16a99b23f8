use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{Done, Worked};
use crate::error::EvaluationError;
use crate::execution::{Frame, Seen, Turn};
use crate::io::Field;
use crate::program::Wait;
use crate::query::View;
use crate::query::jsonpath::Path;
use crate::timestamp::parse_timestamp;
use crate::value::Value;

/// Waits for a duration or until a point in time.
pub(super) async fn work(turn: &Turn<'_>, frame: &Frame, wait: &Wait) -> Worked {
    let clock = &turn.execution.clock;
    let deadline = turn.eval(frame, Seen::default(), |view| match wait {
        Wait::Seconds(seconds) => seconds.eval_seconds(view).map(|delay| after(clock.now(), delay)),
        Wait::Timestamp(timestamp) => until(timestamp, view),
        Wait::SecondsPath(path) => seconds_at(path, view).map(|delay| after(clock.now(), delay)),
        Wait::TimestampPath(path) => timestamp_at(path, view).map(Some),
    })?;
    let longest = after(clock.now(), LONGEST).unwrap_or(DateTime::<Utc>::MAX_UTC);
    let Some(deadline) = deadline.filter(|deadline| *deadline <= longest) else {
        return Err(EvaluationError::runtime("Wait state delay is too long.").into());
    };
    clock.sleep_until(deadline).await;
    let exit = turn.eval(frame, Seen::default(), |view| turn.state.io.exit(view))?;
    Ok(Done { exit, next: turn.state.next })
}

/// Milliseconds in 31 bits, times a thousand: 24,855 days are possible, 24,856 are not.
const LONGEST: Duration = Duration::from_millis(2_147_483_647 * 1_000);

fn after(now: DateTime<Utc>, delay: Duration) -> Option<DateTime<Utc>> {
    now.checked_add_signed(chrono::TimeDelta::from_std(delay).ok()?)
}

fn until(timestamp: &Field<String>, view: &View<'_>) -> Result<Option<DateTime<Utc>>, EvaluationError> {
    let text = timestamp.eval(view)?;
    match parse_timestamp(&text) {
        Some(deadline) => Ok(Some(deadline)),
        None => {
            let expected = "an ISO-8601 extended offset date-time format string";
            let cause = format!("The Timestamp field cannot be parsed as {expected}: {text}");
            Err(EvaluationError { follows_entry: true, ..EvaluationError::query(Some("Timestamp"), cause) })
        }
    }
}

fn seconds_at(path: &Path, view: &View<'_>) -> Result<Duration, EvaluationError> {
    let source = path.source();
    let problem = |problem: String| EvaluationError::runtime(format!("The SecondsPath parameter {problem}"));
    let Some(value) = path.find_present(view.input, view) else {
        return Err(problem(format!("does not reference an input value: {source}")));
    };
    let seconds = if let Value::Number(number) = &value { number.as_i64() } else { None };
    match seconds.map(u64::try_from) {
        None => Err(problem(format!("cannot be parsed as a long value: {source} == {}", bare(&value)))),
        Some(Err(_)) => Err(problem(format!("references a negative value: {source} == {value}"))),
        Some(Ok(seconds)) => Ok(Duration::from_secs(seconds)),
    }
}

fn timestamp_at(path: &Path, view: &View<'_>) -> Result<DateTime<Utc>, EvaluationError> {
    let source = path.source();
    let problem = |problem: String| EvaluationError::runtime(format!("The TimestampPath parameter {problem}"));
    let Some(value) = path.find_present(view.input, view) else {
        return Err(problem(format!("does not reference an input value: {source}")));
    };
    value.as_str().and_then(parse_timestamp).ok_or_else(|| {
        let expected = "a valid ISO-8601 extended offset date-time format string";
        problem(format!("does not reference {expected}: {source} == {}", bare(&value)))
    })
}

/// A value as messages show it: a text without quotes.
fn bare(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
