//! The validator's verdict on collected definitions: samples of AWS are valid, and what is meant to be invalid is not.

use crate::conformance::{folder, known_gaps, read_documents};
use serde_json::Value;
use stepwright_asl::Validation;

const GAPS: &str = include_str!("machine_gaps.txt");

#[test]
fn verdicts() {
    let (Some(folder), Some(documents)) = (folder("machines"), read_documents("machines")) else { return };
    let manifest = std::fs::read_to_string(folder.join("MANIFEST.json")).unwrap();
    let manifest: Vec<Value> = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest.len(), documents.len());
    let mut wrong = Vec::new();
    for entry in &manifest {
        let [file, repository, path] = ["file", "repo", "path"].map(|key| entry[key].as_str().unwrap());
        let is_sample = repository.starts_with("aws-samples/");
        let is_meant_to_be_invalid = !is_sample && path.contains("invalid");
        let report = Validation::default().check(&documents[file]);
        if (is_sample && !report.is_ok()) || (is_meant_to_be_invalid && report.is_ok()) {
            wrong.push(file);
        }
    }
    wrong.sort_unstable();
    assert_eq!(wrong, known_gaps(GAPS));
}
