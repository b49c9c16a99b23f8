//! Definitions from elsewhere: public collections, and what was recorded from the service.
//!
//! They lie outside the repository, in the folder that `STEPWRIGHT_CONFORMANCE` names.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::{Display, Write};
use std::path::PathBuf;
use stepwright_asl::{StateMachine, Validation, validate};

#[test]
fn collected_definitions_round_trip_or_are_refused() {
    let Some(documents) = read_documents("machines") else { return };
    assert_eq!(documents.len(), 525);
    let mut refused = String::new();
    for (name, text) in &documents {
        match StateMachine::from_json(text) {
            Ok(machine) => assert_lossless(name, text, &machine),
            Err(errors) => describe(&mut refused, name, errors.0),
        }
    }
    insta::assert_snapshot!("refused", refused);
}

#[test]
fn findings_in_collected_definitions() {
    let Some(documents) = read_documents("machines") else { return };
    let machines = documents.iter().filter_map(|(name, text)| Some((name, StateMachine::from_json(text).ok()?)));
    let mut findings = String::new();
    for (name, machine) in machines {
        describe(&mut findings, name, validate(&machine));
    }
    insta::assert_snapshot!("findings", findings);
}

#[test]
fn what_the_service_has_run_is_lossless_and_valid() {
    let Some(documents) = read_documents("recorded/exec") else { return };
    assert!(documents.len() > 600, "{}", documents.len());
    for (name, text) in &documents {
        let case: Value = serde_json::from_str(text).unwrap();
        let definition = case["definition"].to_string();
        let machine = StateMachine::from_json(&definition).unwrap_or_else(|errors| panic!("{name}: {errors}"));
        assert_lossless(name, &definition, &machine);
        let report = Validation::default().check(&definition);
        assert!(report.is_ok(), "{name}: {report:#?}");
    }
}

/// Compares compact texts, since `Value`s are equal whatever the order of their members.
fn assert_lossless(name: &str, text: &str, machine: &StateMachine) {
    let original: Value = serde_json::from_str(text).unwrap();
    assert_eq!(original.to_string(), machine.to_value().to_string(), "{name}");
    assert_eq!(*machine, StateMachine::from_json(&machine.to_json()).unwrap(), "{name}");
}

fn describe(description: &mut String, name: &str, findings: Vec<impl Display>) {
    if !findings.is_empty() {
        writeln!(description, "{name}").unwrap();
    }
    for finding in findings {
        writeln!(description, "  {finding}").unwrap();
    }
}

/// The JSON files of a folder by name; `None` where there is no such data and none is demanded.
pub(crate) fn read_documents(name: &str) -> Option<BTreeMap<String, String>> {
    let paths = std::fs::read_dir(folder(name)?).unwrap().map(|entry| entry.unwrap().path());
    let named = paths.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path));
    let documents = named.filter(|(name, _)| name.ends_with(".json") && name != "MANIFEST.json");
    Some(documents.map(|(name, path)| (name, std::fs::read_to_string(path).unwrap())).collect())
}

/// A folder of the conformance data; `None` where there is no such data and none is demanded.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let Some(data) = std::env::var_os("STEPWRIGHT_CONFORMANCE").map(PathBuf::from) else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "CI must set STEPWRIGHT_CONFORMANCE");
        println!("skipped: STEPWRIGHT_CONFORMANCE is not set");
        return None;
    };
    Some(data.join(name))
}

/// The cases in a list of known gaps, sorted; its other lines, which begin with `#`, are their reasons.
pub(crate) fn known_gaps(list: &str) -> Vec<&str> {
    let mut cases: Vec<_> = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    cases.sort_unstable();
    cases
}
