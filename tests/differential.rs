//! Workflows as users write them: whatever the input and whichever calls fail, the function and its machine do the same.
//!
//! `PROPTEST_CASES=100` tries that many inputs for each workflow instead of 1,000.
#![expect(unreachable_pub, reason = "the cases are written as a user's library is")]
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests and examples may panic")]

#[macro_use]
mod support;

mod cases;
mod expert;

use std::{collections::BTreeMap, fs, path::Path};

use stepwright::asl::{StateKind, StateMachine};

const CASES: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/cases");

/// Leaves the machines of all cases where the validators of `.ci/run` find them.
#[test]
fn export() -> stepwright::build::Outcome {
    let outcome = stepwright::build::export(CASES);
    few_states_only_move_data();
    outcome
}

/// Values travel on the transitions between states that do something: hardly any state only moves them.
fn few_states_only_move_data() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for directory in [CASES, concat!(env!("CARGO_MANIFEST_DIR"), "/examples/asl")] {
        for machine in machines(Path::new(directory)) {
            machine.all_states().for_each(|placed| *counts.entry(placed.state.kind().to_string()).or_default() += 1);
        }
    }
    eprintln!("states by type: {counts:?}");
    let passes = counts.get(&StateKind::Pass.to_string()).copied().unwrap_or_default();
    let all: usize = counts.values().sum();
    assert!(all > 300 && passes * 20 < all, "{passes} of {all} states are Pass");
}

fn machines(directory: &Path) -> Vec<StateMachine> {
    let files = fs::read_dir(directory).unwrap().map(|file| file.unwrap().path());
    let files = files.filter(|path| path.to_string_lossy().ends_with(".asl.json"));
    files.map(|path| fs::read_to_string(path).unwrap().parse().unwrap()).collect()
}
