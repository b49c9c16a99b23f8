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
#[path = "recorded/test_states.rs"]
mod test_states;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;
use stepwright_runtime::{ExecutionResult, Identity, Interpreter, MemoryObjects, Program, Stop};

/// What is compared, from the least to the most.
const ASPECTS: [&str; 4] = ["status", "result", "event types", "events"];

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
    assert!(surprises.is_empty() || wanted.is_some(), "{} surprises\n{}", surprises.len(), surprises.join("\n"));
}

#[test]
fn states_are_tested_as_recorded() {
    let Some(folder) = conformance_folder("teststate") else { return };
    let wanted = std::env::var("CASE").ok();
    let gaps = known_gaps(include_str!("recorded/test_state_gaps.txt"));
    let cases = cases(&folder, wanted.as_deref());
    let surprises = test_states::run(&cases, wanted.is_some(), |name| gaps.get(name).cloned());
    assert!(surprises.is_empty() || wanted.is_some(), "{} surprises\n{}", surprises.len(), surprises.join("\n"));
}

fn conformance_folder(kind: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("STEPWRIGHT_CONFORMANCE").map(PathBuf::from).filter(|folder| folder.is_dir());
    if folder.is_none() {
        assert!(std::env::var_os("CI").is_none(), "STEPWRIGHT_CONFORMANCE has to be set on CI");
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
    let interpreter = interpreter.object_store(objects(case)).state_machines(machines::of(case));
    interpreter.run_blocking(case["input"].clone()).map_err(|fault| fault.to_string())
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
    let objects = MemoryObjects::new();
    for call in case["setup_calls"].as_array().into_iter().flatten().filter(|call| call["op"] == "put_object") {
        let text = |name: &str| call["args"][name].as_str().unwrap_or_default();
        objects.insert(text("Bucket"), text("Key"), text("Body"));
    }
    objects
}

/// How many cases agree, by category and aspect.
#[derive(Default)]
struct Tally(BTreeMap<(String, usize), (usize, usize)>);

impl Tally {
    fn count(&mut self, case: &Value, differences: &BTreeMap<usize, String>) {
        for aspect in (0..ASPECTS.len()).filter(|aspect| compare::is_recorded(case, *aspect)) {
            let category = case["category"].as_str().unwrap().to_owned();
            let (agreeing, all) = self.0.entry((category, aspect)).or_default();
            *all += 1;
            *agreeing += usize::from(!differences.contains_key(&aspect));
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|((category, aspect), (agreeing, all))| {
            #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
            let percent = *agreeing as f64 * 100.0 / *all as f64;
            writeln!(f, "{category:12} {:12} {agreeing:4} of {all:4} {percent:6.1} %", ASPECTS[*aspect])
        })
    }
}
