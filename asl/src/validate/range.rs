//! The bounds of numbers.

use super::{Findings, Rule};
use crate::{Dynamic, Map, PlacedState, Pointer, QueryLanguage, Retrier, State, StateMachine, Task};
use serde_json::Number;
use std::ops::RangeInclusive;

const LONGEST_TIME: u64 = 99_999_999;
const LONGEST_RETRY_DELAY: u64 = 31_622_400;
const LARGEST_BATCH: u64 = 262_144;

pub(super) fn check(machine: &StateMachine, findings: &mut Findings) {
    if let Some(seconds) = machine.timeout_seconds {
        check_bounds(Pointer::default().key("TimeoutSeconds"), seconds, &(1..=LONGEST_TIME), findings);
    }
    for placed in machine.all_states() {
        let language = machine.language_of(placed.state);
        for number in whole_numbers(&placed) {
            check_whole_number(number, language, findings);
        }
        check_relations(&placed, language, findings);
        let retry = placed.pointer.key("Retry");
        for (index, retrier) in placed.state.retry().unwrap_or_default().iter().enumerate() {
            check_retrier(&retry.index(index), retrier, findings);
        }
    }
}

/// A field that takes a whole number: where it is, its value, and which numbers it takes.
type WholeNumber<'a> = (Pointer, Option<&'a Dynamic<u64>>, RangeInclusive<u64>);

fn whole_numbers<'a>(placed: &PlacedState<'a>) -> Vec<WholeNumber<'a>> {
    let here = &placed.pointer;
    match placed.state {
        State::Task(task) => vec![
            (here.key("TimeoutSeconds"), task.timeout_seconds.as_ref(), 1..=LONGEST_TIME),
            (here.key("HeartbeatSeconds"), task.heartbeat_seconds.as_ref(), 1..=LONGEST_TIME),
        ],
        State::Wait(wait) => vec![(here.key("Seconds"), wait.seconds.as_ref(), 0..=LONGEST_TIME)],
        State::Map(map) => map_numbers(here, map),
        State::Parallel(_) | State::Pass(_) | State::Choice(_) | State::Succeed(_) | State::Fail(_) => Vec::new(),
    }
}

fn map_numbers<'a>(here: &Pointer, map: &'a Map) -> Vec<WholeNumber<'a>> {
    let mut numbers = vec![
        (here.key("MaxConcurrency"), map.max_concurrency.as_ref(), 0..=u64::MAX),
        (here.key("ToleratedFailureCount"), map.tolerated_failure_count.as_ref(), 0..=u64::MAX),
    ];
    if let Some(config) = map.reader_config() {
        let pointer = here.key("ItemReader").key("ReaderConfig").key("MaxItems");
        numbers.push((pointer, config.max_items.as_ref(), 0..=u64::MAX));
    }
    if let Some(batcher) = &map.item_batcher {
        let pointer = here.key("ItemBatcher");
        let (items, bytes) = (&batcher.max_items_per_batch, &batcher.max_input_bytes_per_batch);
        numbers.push((pointer.key("MaxItemsPerBatch"), items.as_ref(), 1..=u64::MAX));
        numbers.push((pointer.key("MaxInputBytesPerBatch"), bytes.as_ref(), 1..=LARGEST_BATCH));
    }
    numbers
}

fn check_whole_number(number: WholeNumber<'_>, language: QueryLanguage, findings: &mut Findings) {
    let (pointer, value, bounds) = number;
    match value {
        Some(Dynamic::Literal(value)) => check_bounds(pointer, *value, &bounds, findings),
        Some(Dynamic::Expression(_)) if language == QueryLanguage::JsonPath => {
            findings.add(Rule::ValueType, pointer, "Expected value of type [INTEGER]");
        }
        Some(Dynamic::Expression(_)) | None => {}
    }
}

/// Checks the numbers that are not whole or depend on another.
fn check_relations(placed: &PlacedState<'_>, language: QueryLanguage, findings: &mut Findings) {
    match placed.state {
        State::Task(task) => check_heartbeat(&placed.pointer, task, findings),
        State::Map(map) => check_percentage(&placed.pointer, map, language, findings),
        State::Parallel(_)
        | State::Pass(_)
        | State::Wait(_)
        | State::Choice(_)
        | State::Succeed(_)
        | State::Fail(_) => {}
    }
}

fn check_heartbeat(pointer: &Pointer, task: &Task, findings: &mut Findings) {
    let literal = |value: &Option<Dynamic<u64>>| value.as_ref().and_then(Dynamic::literal).copied();
    if let (Some(heartbeat), Some(timeout)) = (literal(&task.heartbeat_seconds), literal(&task.timeout_seconds))
        && heartbeat >= timeout
    {
        findings.add(
            Rule::Range,
            pointer.key("HeartbeatSeconds"),
            "'HeartbeatSeconds' must be less than 'TimeoutSeconds'",
        );
    }
}

fn check_percentage(pointer: &Pointer, map: &Map, language: QueryLanguage, findings: &mut Findings) {
    let pointer = pointer.key("ToleratedFailurePercentage");
    match &map.tolerated_failure_percentage {
        Some(Dynamic::Literal(percentage)) if !(0.0..=100.0).contains(&value_of(percentage)) => {
            findings.add(Rule::Range, pointer, "ToleratedFailurePercentage must be between 0 and 100.");
        }
        Some(Dynamic::Expression(_)) if language == QueryLanguage::JsonPath => {
            findings.add(Rule::ValueType, pointer, "Expected value of type [NUMBER]");
        }
        Some(Dynamic::Literal(_) | Dynamic::Expression(_)) | None => {}
    }
}

fn check_retrier(pointer: &Pointer, retrier: &Retrier, findings: &mut Findings) {
    for (field, value, bounds) in [
        ("IntervalSeconds", retrier.interval_seconds, 1..=LONGEST_TIME),
        ("MaxAttempts", retrier.max_attempts, 0..=LONGEST_TIME),
        ("MaxDelaySeconds", retrier.max_delay_seconds, 1..=LONGEST_RETRY_DELAY),
    ] {
        if let Some(value) = value {
            check_bounds(pointer.key(field), value, &bounds, findings);
        }
    }
    if retrier.backoff_rate.as_ref().is_some_and(|rate| value_of(rate) < 1.0) {
        findings.add(Rule::Range, pointer.key("BackoffRate"), "Minimum value is 1.0");
    }
    if retrier.max_delay_seconds.is_some_and(|longest| longest <= retrier.interval_seconds.unwrap_or(1)) {
        findings.add(
            Rule::Range,
            pointer.key("MaxDelaySeconds"),
            "'MaxDelaySeconds' must be greater than 'IntervalSeconds'",
        );
    }
}

fn check_bounds(pointer: Pointer, value: u64, bounds: &RangeInclusive<u64>, findings: &mut Findings) {
    if value < *bounds.start() {
        findings.add(Rule::Range, pointer, format!("Minimum value is {}", bounds.start()));
    } else if value > *bounds.end() {
        findings.add(Rule::Range, pointer, format!("Maximum value is {}", bounds.end()));
    }
}

/// The number for comparing with a bound; what a float cannot hold lies outside of all bounds.
fn value_of(number: &Number) -> f64 {
    number.as_f64().unwrap_or(f64::NAN)
}
