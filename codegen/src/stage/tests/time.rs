//! Durations and times.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::stage::assoc::*;

fn durations() -> Vec<Duration> {
    vec![
        Duration::ZERO,
        Duration::from_secs(1),
        Duration::from_millis(1500),
        Duration::from_nanos(999_999_999),
        Duration::new(4_000_000_000, 123_456_789),
    ]
}

fn pairs() -> Vec<(Duration, Duration)> {
    durations().into_iter().flat_map(|a| durations().into_iter().map(move |b| (a, b))).collect()
}

fn times() -> Vec<DateTime<Utc>> {
    ["1970-01-01T00:00:00Z", "2024-02-29T23:59:59.999Z", "1969-12-31T23:59:59.5Z", "2026-11-20T14:00:00.120Z"]
        .map(|time| time.parse().unwrap())
        .to_vec()
}

#[test]
fn arithmetic_of_durations() {
    agree(pairs(), |(a, b)| a + b, |p| B.add(first(p), second(p)));
    agree(pairs(), |(a, b)| a - b, |p| B.sub(first(p), second(p)));
    agree(pairs(), |(a, b)| a.saturating_sub(b), |p| first(p).saturating_sub(second(p)));
    agree(pairs(), |(a, b)| a.checked_sub(b), |p| first(p).checked_sub(second(p)));
    agree(pairs(), |(a, b)| a == b, |p| B.eq(first(p), second(p)));
    for times in [0, 1, 3, 65_537, 2_000_000_000_u32] {
        agree(durations(), |d| d * times, |d| B.mul(d, B.lit(times)));
    }
    agree([durations(), vec![]], |v| v.iter().sum::<Duration>(), |v| v.iter().sum::<Duration>());
}

#[test]
fn durations_in_units() {
    both!(durations(), |d: Duration| d.as_secs());
    both!(durations(), |d: Duration| d.as_millis());
    both!(durations(), |d: Duration| d.as_micros());
    both!(durations(), |d: Duration| d.as_secs_f64());
    both!(durations(), |d: Duration| d.subsec_millis());
    both!(durations(), |d: Duration| d.subsec_micros());
    both!(durations(), |d: Duration| d.subsec_nanos());
    both!(durations(), |d: Duration| d.is_zero());
    let numbers = || [0, 1, 999, 1000, 1_500_000_001, 1 << 40];
    agree(numbers(), Duration::from_secs, |n| Duration::stage_from_secs(n));
    agree(numbers(), |n| Duration::from_secs(n * 60), |n| Duration::stage_from_mins(n));
    agree(numbers(), |n| Duration::from_secs(n * 3600), |n| Duration::stage_from_hours(n));
    agree(numbers(), Duration::from_millis, |n| Duration::stage_from_millis(n));
    agree(numbers(), Duration::from_micros, |n| Duration::stage_from_micros(n));
    agree(numbers(), Duration::from_nanos, |n| Duration::stage_from_nanos(n));
    agree([0, 1], |n| Duration::from_secs_f64(1.1) * n, |n| B.mul(Duration::stage_from_secs_f64(B.lit(1.1)), n));
    agree([(1, 5), (2, 1_500_000_000)], |(s, n)| Duration::new(s, n), |p| Duration::stage_new(first(p), second(p)));
}

#[test]
fn arithmetic_of_times() {
    let by = || [Duration::from_secs(86_400), Duration::from_millis(1), Duration::from_millis(999_880)];
    let shifts = || times().into_iter().flat_map(|t| by().into_iter().map(move |d| (t, d))).collect::<Vec<_>>();
    agree(shifts(), |(t, d)| t + d, |p| B.add(first(p), second(p)));
    agree(shifts(), |(t, d)| t - d, |p| B.sub(first(p), second(p)));
    let pairs = || times().into_iter().flat_map(|a| times().into_iter().map(move |b| (a, b))).collect::<Vec<_>>();
    agree(pairs(), |(a, b)| a < b, |p| B.lt(first(p), second(p)));
    agree(pairs(), |(a, b)| a >= b, |p| B.ge(first(p), second(p)));
    agree(pairs(), |(a, b)| a == b, |p| B.eq(first(p), second(p)));
    agree(pairs(), |(a, b)| a.max(b), |p| first(p).max(second(p)));
    agree(pairs(), |(a, b)| (a - b).num_milliseconds(), |p| B.sub(first(p), second(p)).num_milliseconds());
    agree(pairs(), |(a, b)| (a - b).num_seconds(), |p| B.sub(first(p), second(p)).num_seconds());
    agree(pairs(), |(a, b)| (a - b).num_days(), |p| B.sub(first(p), second(p)).num_days());
    agree(
        pairs(),
        |(a, b)| (a - b) < TimeDelta::hours(1),
        |p| B.lt(B.sub(first(p), second(p)), TimeDelta::stage_hours(B.lit(1))),
    );
    agree(times(), |t| t + TimeDelta::minutes(-5), |t| B.add(t, TimeDelta::stage_minutes(B.lit(-5))));
}

#[test]
fn times_as_numbers_and_texts() {
    both!(times(), |t: DateTime<Utc>| t.timestamp());
    both!(times(), |t: DateTime<Utc>| t.timestamp_millis());
    both!(times(), |t: DateTime<Utc>| t.to_rfc3339());
    both!(times(), |t: DateTime<Utc>| t.to_string());
}

#[test]
fn equal_times_may_be_written_differently() {
    use std::collections::BTreeMap;
    let json = |a: &str, b: &str| serde_json::json!([a, b]);
    let equal = Machine::of(|p: Expr<(DateTime<Utc>, DateTime<Utc>)>| B.eq(first(p), second(p)));
    assert_eq!(equal.run(&json("2024-01-01T02:00:00+02:00", "2024-01-01T00:00:00.000000Z")), Ok(true.into()));
    assert_eq!(equal.run(&json("2024-01-01T02:00:00+02:00", "2024-01-01T00:00:00.001Z")), Ok(false.into()));
    type Times = BTreeMap<String, DateTime<Utc>>;
    let equal = Machine::of(|p: Expr<(Times, Times)>| B.eq(first(p), second(p)));
    let json = |a: &str, b: &str| serde_json::json!([{ "k": a }, { "k": b }]);
    assert_eq!(equal.run(&json("2024-01-01T02:00:00+02:00", "2024-01-01T00:00:00.000Z")), Ok(true.into()));
}

#[test]
#[should_panic(expected = "times are exact to the millisecond")]
fn a_finer_time_fails() {
    let time: DateTime<Utc> = "2024-01-01T00:00:00.000001Z".parse().unwrap();
    agree([time], |t| t.timestamp(), |t| t.timestamp());
}
