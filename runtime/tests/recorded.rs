//! Executions that contributors of LocalStack recorded on the real service (Apache-2.0), run again here.
//!
//! The cases are read from `$STEPWRIGHT_CONFORMANCE`; without it the test is skipped, but on CI that is an error. `known_gaps.txt`
//! lists the cases that do not agree yet, with the reason; a listed case that agrees fails the run. `CASE=part-of-a-name` runs
//! the cases of that name only and shows how they differ.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that panics has told what it has to tell"
)]

#[path = "recorded/compare.rs"]
mod compare;
#[path = "recorded/functions.rs"]
mod functions;
#[path = "recorded/machines.rs"]
mod machines;
#[path = "recorded/tally.rs"]
mod tally;
#[path = "recorded/test_states.rs"]
mod test_states;

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use stepwright_runtime::{Clock, ExecutionResult, Identity, Interpreter, MemoryObjects, Program, Stop};

use self::tally::{ASPECTS, Tally};

/// The categories that need nothing but the service and functions whose behaviour is known.
const CATEGORIES: [&str; 5] = ["sfn-only", "lambda-only", "nested-sfn", "s3-map", "sfn+logs"];

#[test]
fn executions_end_as_recorded() {
    let Some(folder) = conformance_folder("exec") else { return };
    let wanted = std::env::var("CASE").ok();
    let gaps = known_gaps(include_str!("recorded/known_gaps.txt"));
    let (mut tally, mut surprises) = (Tally::default(), Vec::new());
    let mut cases = cases(&folder, wanted.as_deref());
    cases.retain(|(_, case)| CATEGORIES.contains(&case["category"].as_str().unwrap()));
    assert!(wanted.is_some() || gone(&gaps, &cases).is_empty(), "no such cases: {:?}", gone(&gaps, &cases));
    for (name, case) in cases {
        let differences = differences(&case);
        tally.count(&case, &differences);
        if wanted.is_some() {
            println!("== {name}\n{}", differences.values().cloned().collect::<Vec<_>>().join("\n"));
        }
        match (differences.is_empty(), gaps.get(&name)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(reason)) => surprises.push(format!("{name}: agrees, but is listed as a gap ({reason})")),
            (false, None) => {
                let aspects: Vec<_> = differences.keys().map(|aspect| ASPECTS[*aspect]).collect();
                surprises.push(format!("{name}: differs in {}", aspects.join(", ")));
            }
        }
    }
    println!("{tally}");
    assert!(wanted.is_some() || tally.missed().is_empty(), "too many cases differ in {:?}", tally.missed());
    assert!(surprises.is_empty() || wanted.is_some(), "{} surprises\n{}", surprises.len(), surprises.join("\n"));
}

#[test]
fn runs_with_the_same_seed_are_the_same() {
    let Some(folder) = conformance_folder("exec") else { return };
    let told = |case: &Value| {
        let result = run(case).map_err(|message| println!("{message}")).ok()?;
        Some((json!(result.history.iter().map(|event| event.to_json()).collect::<Vec<_>>()), result.output))
    };
    let cases = cases(&folder, None);
    let told_twice = cases.iter().filter_map(|(name, case)| Some((name, told(case)?, told(case)?)));
    let mut count = 0;
    for (name, first, second) in told_twice {
        assert_eq!(first, second, "{name}");
        count += 1;
    }
    assert!(count > cases.len() / 2);
}

#[test]
fn states_are_tested_as_recorded() {
    let Some(folder) = conformance_folder("teststate") else { return };
    let wanted = std::env::var("CASE").ok();
    let gaps = known_gaps(include_str!("recorded/test_state_gaps.txt"));
    let cases = cases(&folder, wanted.as_deref());
    let (agreeing, surprises) = test_states::run(&cases, wanted.is_some(), |name| gaps.get(name).cloned());
    assert!(wanted.is_some() || agreeing * 100 >= cases.len() * 95, "only {agreeing} of {} agree", cases.len());
    assert!(wanted.is_some() || gone(&gaps, &cases).is_empty(), "no such cases: {:?}", gone(&gaps, &cases));
    assert!(surprises.is_empty() || wanted.is_some(), "{} surprises\n{}", surprises.len(), surprises.join("\n"));
}

/// The listed gaps for which there is no case.
fn gone<'a>(gaps: &'a BTreeMap<String, String>, cases: &[(String, Value)]) -> Vec<&'a String> {
    gaps.keys().filter(|gap| cases.iter().all(|(name, _)| name != *gap)).collect()
}

fn conformance_folder(kind: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("STEPWRIGHT_CONFORMANCE").map(PathBuf::from).filter(|folder| folder.is_dir());
    if folder.is_none() {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "STEPWRIGHT_CONFORMANCE has to be set on CI");
        println!("skipped: STEPWRIGHT_CONFORMANCE is not set");
    }
    folder.map(|folder| folder.join("recorded").join(kind))
}

fn cases(folder: &PathBuf, wanted: Option<&str>) -> Vec<(String, Value)> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<(String, Value)> = files
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
        })
        .filter(|(name, _)| wanted.is_none_or(|wanted| name.contains(wanted)))
        .collect();
    cases.sort_by(|(left, _), (right, _)| left.cmp(right));
    cases
}

/// The names of the cases that are known to differ, with the reasons.
fn known_gaps(list: &str) -> BTreeMap<String, String> {
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| line.split_once(": ").expect("name: reason"))
        .map(|(name, reason)| (name.into(), reason.into()))
        .collect()
}

/// In which aspects our execution differs from the recorded one, and how.
fn differences(case: &Value) -> BTreeMap<usize, String> {
    match run(case) {
        Err(message) => (0..ASPECTS.len())
            .filter(|aspect| compare::is_recorded(case, *aspect))
            .map(|aspect| (aspect, message.clone()))
            .collect(),
        Ok(result) => compare::differences(case, &result),
    }
}

fn run(case: &Value) -> Result<ExecutionResult, String> {
    let definition =
        stepwright_asl::StateMachine::from_value(&case["definition"]).map_err(|errors| errors.to_string())?;
    let program = Program::compile(&definition).map_err(|error| error.to_string())?;
    let stop = Stop::new();
    if case["expected_status"] == "ABORTED" {
        stop.stop(None, None);
    }
    let functions = functions::Functions::of(case);
    let interpreter = Interpreter::new(&program).seed(1).stop(&stop).identity(identity(case)).task_handler(functions);
    let interpreter =
        interpreter.clock(Clock::virtual_at(START)).object_store(objects(case)).state_machines(machines::of(case));
    interpreter.run_blocking(input(case)).map_err(|fault| fault.to_string())
}

/// When executions start.
const START: DateTime<Utc> = DateTime::from_timestamp_secs(1_750_000_000).unwrap();

/// The input; a time that was taken out of the recording is put back in as the parameters of the test tell it.
fn input(case: &Value) -> Value {
    let parameters = &case["meta"]["test_params"];
    let time = START + TimeDelta::days(parameters["days"].as_i64().unwrap_or_default());
    let suffix = parameters["timestamp_suffix"].as_str().unwrap_or("Z");
    let time = json!(format!("{}{suffix}", time.format("%Y-%m-%dT%H:%M:%S")));
    let mut input = case["input"].clone();
    let members = input.as_object_mut().into_iter().flat_map(|members| members.values_mut());
    members.filter(|value| **value == "<timestamp>").for_each(|value| *value = time.clone());
    input
}

fn identity(case: &Value) -> Identity {
    let arn = |kind: &str| format!("arn:aws:states:us-east-1:111111111111:{kind}:machine");
    let express = case["type"] == "EXPRESS";
    let execution_id = if express { arn("express") + ":name:1" } else { arn("execution") + ":name" };
    let of = Identity::of("machine", "name");
    Identity { execution_id, state_machine_id: arn("stateMachine"), ..of }
}

/// The objects that were there when the case was recorded.
fn objects(case: &Value) -> MemoryObjects {
    let objects = MemoryObjects::written_at(START);
    let calls = || case["setup_calls"].as_array().into_iter().flatten();
    for call in calls().filter(|call| call["op"] == "put_object") {
        let text = |name: &str| call["args"][name].as_str().unwrap_or_default();
        let body = match text("Body") {
            // Bytes were not recorded, but what came of reading them was.
            "<bytearray>" => case["expected_output"]["Body"].as_str().unwrap(),
            body => body,
        };
        objects.insert(text("Bucket"), text("Key"), body);
    }
    for call in calls().filter(|call| call["op"] == "s3_create_bucket") {
        objects.create_bucket(call["args"]["Bucket"].as_str().unwrap_or("bucket-name"));
    }
    objects
}
