//! The policies of machines in `machines/`: `NAME.asl.json` with, if it needs any, `NAME.options.json` gives `NAME.policy.json`,
//! and `NAME.txt`, which tells what each right is needed by. `BLESS=1` rewrites both.
//!
//! The policies stand in files of their own because a linter of policies reads them, too.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use stepwright_asl::{StateMachine, validate};
use stepwright_deploy::{
    arn::{Arn, Location},
    iam::{Machine, Options, Policy, Unknown, execution_policy},
};

/// What a machine is deployed with.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Case {
    logging: bool,
    tracing: bool,
    encryption_key: Option<Arn>,
    iam: Options,
}

fn machines() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/iam/machines")
}

/// The policy of a machine in `machines/`, with its options.
pub(crate) fn stored(name: &str) -> Policy {
    policy(name, &case(name)).unwrap_or_else(|unknown| panic!("{name}:\n{}", told(&unknown)))
}

fn told(unknown: &[Unknown]) -> String {
    unknown.iter().map(|one| format!("{one}\n")).collect()
}

fn policy(name: &str, case: &Case) -> Result<Policy, Vec<Unknown>> {
    let text = fs::read_to_string(machines().join(format!("{name}.asl.json"))).unwrap();
    let definition: StateMachine = text.parse().unwrap_or_else(|errors| panic!("{name}: {errors}"));
    assert_eq!(validate(&definition), [], "{name}");
    execution_policy(&Machine {
        logging: case.logging,
        tracing: case.tracing,
        encryption_key: case.encryption_key.as_ref(),
        ..Machine::new(name, &definition, &case.iam)
    })
}

fn case(name: &str) -> Case {
    let path = machines().join(format!("{name}.options.json"));
    fs::read_to_string(path).map(|text| serde_json::from_str(&text).unwrap()).unwrap_or_default()
}

fn names() -> Vec<String> {
    let files = fs::read_dir(machines()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = files.filter_map(|file| Some(file.strip_suffix(".asl.json")?.to_owned())).collect();
    names.sort();
    names
}

#[test]
fn goldens() {
    let names = names();
    assert!(names.len() >= 20, "{}", names.len());
    for name in names {
        let policy = stored(&name);
        let virginia = Location::new("aws", "us-east-1", "123456789012");
        check(&format!("{name}.policy.json"), &format!("{:#}\n", policy.document(&virginia)));
        check(&format!("{name}.txt"), &policy.explain(&Location::pseudo_parameters()));
    }
}

fn check(file: &str, made: &str) {
    let path = machines().join(file);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, made).unwrap();
    }
    let stored = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(stored, made, "{file}: BLESS=1 rewrites it");
}
