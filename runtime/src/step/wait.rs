use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{Done, Worked};
use crate::error::EvaluationError;
use crate::execution::{Frame, Seen, Turn};
use crate::io::Field;
use crate::program::Wait;
use crate::query::View;

/// Waits for a duration or until a point in time.
pub(super) async fn work(turn: &Turn<'_>, frame: &Frame, wait: &Wait) -> Worked {
    let clock = &turn.execution.clock;
    let deadline = turn.eval(frame, Seen::default(), |view| match wait {
        Wait::Seconds(seconds) => seconds.eval_seconds(view).map(|delay| after(clock.now(), delay)),
        Wait::Timestamp(timestamp) => until(timestamp, view),
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

/// A point in time in the profile of RFC 3339 that the language asks for: an upper-case `T` between date and time.
fn parse_timestamp(text: &str) -> Option<DateTime<Utc>> {
    let is_profile = text.as_bytes().get(10) == Some(&b'T') && !text.ends_with('z');
    is_profile.then(|| DateTime::parse_from_rfc3339(text).ok())?.map(|time| time.to_utc())
}
