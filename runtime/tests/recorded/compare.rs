//! Whether an execution agrees with a recorded one, as far as the recording kept it.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use stepwright_runtime::{ExecutionResult, ExecutionStatus};

/// Words that the recording put in the place of what differs from run to run.
const STAND_INS: [&str; 13] = [
    "date",
    "start-date",
    "stop-date",
    "timestamp",
    "snf_role_arn",
    "sfn_role_arn",
    "start-time",
    "start-date",
    "entered-time",
    "RandomNumberGenerated",
    "stateExitedEventDetails.output",
    "executionSucceededEventDetails.output",
    "request-id",
];

/// Members that tell of the connection to a service.
const CONNECTION: [&str; 3] = ["SdkHttpMetadata", "SdkResponseMetadata", "ExecutedVersion"];

/// Members that the service tells of since it can redrive executions.
const REDRIVE: [&str; 3] = ["RedriveCount", "RedriveStatus", "RedriveStatusReason"];

/// Whether the recording says something about an aspect.
pub(crate) fn is_recorded(case: &Value, aspect: usize) -> bool {
    aspect < 2 || case["expected_events"].is_array()
}

/// The aspects in which the execution differs.
pub(crate) fn differences(case: &Value, result: &ExecutionResult) -> BTreeMap<usize, String> {
    let events: Vec<Value> = result.history.iter().map(|event| event.to_json()).collect();
    let compare = Comparison { with_redrive: recorded_in(case) >= ("2023", "12") };
    let differences = [
        compare.values(&case["expected_status"], &json!(result.status.as_str())),
        outcome(compare, case, result),
        is_recorded(case, 2).then(|| types(case, &events)).flatten(),
        is_recorded(case, 3).then(|| first_difference(compare, &expected_events(case), &events)).flatten(),
    ];
    differences.into_iter().enumerate().filter_map(|(aspect, difference)| Some((aspect, difference?))).collect()
}

fn outcome(compare: Comparison, case: &Value, result: &ExecutionResult) -> Option<String> {
    match case.get("expected_output") {
        Some(expected) => compare.values(expected, &json!(result.output)),
        // `DescribeExecution`, which was recorded, tells of no error here.
        None if result.status == ExecutionStatus::TimedOut => None,
        None => compare
            .values(&case["expected_error"], &json!(result.error))
            .or_else(|| compare.values(&case["expected_cause"], &json!(result.cause))),
    }
}

/// The types in order; inside Parallel states, whose events were sorted by type, as often.
fn types(case: &Value, events: &[Value]) -> Option<String> {
    let expected: Vec<&str> = case["expected_event_types"].as_array()?.iter().filter_map(Value::as_str).collect();
    let actual: Vec<&str> = events.iter().filter_map(|event| event["type"].as_str()).collect();
    let agrees = if is_sorted(&case["expected_events"]) {
        let mut left = actual.clone();
        let mut take = |name: &&str| Some(left.remove(left.iter().position(|other| other == name)?));
        expected.iter().all(|name| take(name).is_some()) && left.iter().all(|name| LOST_BY_SORTING.contains(name))
    } else {
        expected == actual
    };
    (!agrees).then(|| format!("expected {expected:?}\n   found {actual:?}"))
}

/// Events that a recording lost when those inside Parallel states were sorted.
const LOST_BY_SORTING: [&str; 3] = ["ParallelStateSucceeded", "ParallelStateFailed", "ParallelStateExited"];

/// The recorded events, as the service would tell of them today: since November 2024 the exit of a distributed Map follows from
/// the start of its Map Run, and no longer from its end.
fn expected_events(case: &Value) -> Value {
    let mut events = case["expected_events"].clone();
    if recorded_in(case) < ("2024", "11") {
        let mut run_started = None;
        for event in events.as_array_mut().into_iter().flatten() {
            match event["type"].as_str() {
                Some("MapRunStarted") => run_started = Some(event["id"].clone()),
                Some("MapStateExited") => {
                    event["previousEventId"] = run_started.take().unwrap_or(event["previousEventId"].clone())
                }
                _ => {}
            }
        }
    }
    events
}

/// The year and the month of a recording.
fn recorded_in(case: &Value) -> (&str, &str) {
    let date = case["meta"]["recorded_date"].as_str().unwrap_or_default();
    (date.get(6..10).unwrap_or_default(), date.get(3..5).unwrap_or_default())
}

fn is_sorted(expected: &Value) -> bool {
    expected.as_array().is_some_and(|events| events.iter().any(has_no_place))
}

/// Whether the recording took the number of an event away.
fn has_no_place(event: &Value) -> bool {
    !event["id"].is_u64()
}

fn first_difference(compare: Comparison, expected: &Value, actual: &[Value]) -> Option<String> {
    let expected = expected.as_array()?;
    // The number of the last event is how many there were, also where some were lost.
    let count = expected.last()?["id"].as_u64().and_then(|id| usize::try_from(id).ok()).unwrap_or(expected.len());
    if count != actual.len() {
        return Some(format!("expected {count} events, found {}", actual.len()));
    }
    let (without_place, placed): (Vec<_>, Vec<_>) = expected.iter().partition(|event| has_no_place(event));
    let mut left: Vec<&Value> = actual.iter().collect();
    let mut take = |is_it: &dyn Fn(&Value) -> bool| Some(left.remove(left.iter().position(|other| is_it(other))?));
    // Each event answers for one of the recording, those with a place first.
    let differing = placed.into_iter().find_map(|event| match take(&|other| other["id"] == event["id"]) {
        Some(same) => compare.values(event, same),
        None => Some(format!("no event {}", event["id"])),
    });
    differing.or_else(|| {
        without_place.into_iter().find_map(|event| {
            let found = take(&|other| compare.without_place(event, other).is_none());
            found.is_none().then(|| format!("no event like {event}"))
        })
    })
}

/// The first place where two values differ, stand-ins aside.
pub(crate) fn compare(expected: &Value, actual: &Value) -> Option<String> {
    Comparison { with_redrive: true }.values(expected, actual)
}

/// How values are compared.
#[derive(Clone, Copy)]
struct Comparison {
    with_redrive: bool,
}

impl Comparison {
    /// The first place where two values differ, stand-ins aside.
    fn values(self, expected: &Value, actual: &Value) -> Option<String> {
        let differ = || Some(format!("expected {expected}\n   found {actual}"));
        match (expected, actual) {
            (Value::Object(left), Value::Object(right)) => {
                let keys = left.keys().chain(right.keys()).filter(|key| self.says_something(key));
                keys.into_iter().find_map(|key| match (left.get(key), right.get(key)) {
                    (Some(left), Some(right)) => {
                        self.values(left, right).map(|difference| format!("{key}: {difference}"))
                    }
                    _ => Some(format!("{key}: {}", differ().unwrap_or_default())),
                })
            }
            (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
                left.iter().zip(right).find_map(|(left, right)| self.values(left, right))
            }
            (Value::Number(left), Value::Number(right)) if left.as_f64() == right.as_f64() => None,
            // Texts that were cut out altogether.
            (Value::Object(left), _) if left.contains_key("@unparsed") => None,
            (Value::String(left), _) if STAND_INS.contains(&left.as_str()) => None,
            (Value::String(left), Value::String(right)) if fits(left, right) => None,
            (_, Value::String(text)) => match (container(expected), container(&json!(text))) {
                (Some(left), Some(right)) => self.values(&left, &right),
                _ => differ(),
            },
            _ if expected == actual => None,
            _ => differ(),
        }
    }

    /// The same for two events, wherever they stand.
    fn without_place(self, expected: &Value, actual: &Value) -> Option<String> {
        let [expected, actual] = [expected, actual].map(|event| {
            let mut event = event.clone();
            for place in ["id", "previousEventId"] {
                event.as_object_mut()?.remove(place);
            }
            Some(event)
        });
        self.values(&expected?, &actual?)
    }

    fn says_something(self, member: &str) -> bool {
        !CONNECTION.contains(&member) && (self.with_redrive || !REDRIVE.contains(&member))
    }
}

/// The array or object that a value is, or is the text of.
fn container(value: &Value) -> Option<Value> {
    match value {
        Value::Array(_) | Value::Object(_) => Some(value.clone()),
        Value::String(text) => {
            serde_json::from_str(text).ok().filter(|value: &Value| value.is_array() || value.is_object())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Whether a text fits another in which `<…>` stands for anything.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((before, rest)) = pattern.split_once('<') else { return pattern == text };
    match (rest.split_once('>'), text.strip_prefix(before)) {
        (Some((_, after)), Some(text)) => {
            text.char_indices().map(|(at, _)| at).chain([text.len()]).any(|at| fits(after, &text[at..]))
        }
        _ => pattern == text,
    }
}
