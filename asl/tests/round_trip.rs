//! Real definitions survive parsing and printing, with the order of their members; what does not fit is refused.
//!
//! The definitions lie outside the repository, in the folder that `STEPWRIGHT_CONFORMANCE` names.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use stepwright_asl::StateMachine;

#[test]
fn real_definitions_round_trip_or_are_refused() {
    let Some(folder) = conformance_folder() else { return };
    let definitions = read_definitions(&folder.join("machines"));
    assert_eq!(definitions.len(), 525, "definitions in {}", folder.display());

    let mut refused = String::new();
    for (name, text) in &definitions {
        match StateMachine::from_json(text) {
            Ok(machine) => assert_same_text(name, text, &machine),
            Err(errors) => refused.push_str(&format!("{name}\n  {}\n", errors.to_string().replace('\n', "\n  "))),
        }
    }
    insta::assert_snapshot!("refused_definitions", refused);
}

/// Compares compact texts, since `Value`s are equal whatever the order of their members.
fn assert_same_text(name: &str, text: &str, machine: &StateMachine) {
    let original: Value = serde_json::from_str(text).unwrap();
    assert_eq!(original.to_string(), machine.to_value().to_string(), "{name}");
    assert_eq!(*machine, StateMachine::from_json(&machine.to_json()).unwrap(), "{name}");
}

fn conformance_folder() -> Option<PathBuf> {
    let folder = std::env::var_os("STEPWRIGHT_CONFORMANCE").map(PathBuf::from);
    if folder.is_none() {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "STEPWRIGHT_CONFORMANCE must be set in CI");
        println!("skipped: STEPWRIGHT_CONFORMANCE is not set");
    }
    folder
}

fn read_definitions(folder: &Path) -> BTreeMap<String, String> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path))
        .filter(|(name, _)| name.ends_with(".json") && name != "MANIFEST.json")
        .map(|(name, path)| (name, std::fs::read_to_string(path).unwrap()))
        .collect()
}
