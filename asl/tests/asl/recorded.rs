//! The validator against what the service answered to definitions.

use crate::conformance::read_documents;
use serde_json::Value;
use stepwright_asl::{ExecutionType, Report, Validation};

/// How many answers agree with the recorded ones, and in what.
#[derive(Default)]
struct Score {
    cases: usize,
    /// Code and location of all diagnostics.
    places: usize,
    texts: usize,
    misses: Vec<String>,
}

impl Score {
    fn add(&mut self, name: &str, expected: &Value, found: &Value, place: impl Fn(&Value) -> Value) {
        self.cases += 1;
        self.places += usize::from(place(expected) == place(found));
        self.texts += usize::from(expected == found);
        if expected != found {
            self.misses.push(format!("{name}\n  expected {expected}\n  found    {found}"));
        }
    }

    fn check(&self, least_cases: usize) {
        let Self { cases, places, texts, misses } = self;
        println!("{cases} answers: code and location {places}, text {texts}");
        assert!(*cases >= least_cases, "{cases}");
        assert!(places * 100 >= cases * 95 && texts * 100 >= cases * 90, "{}", misses.join("\n"));
    }
}

/// The report on the definition of a request. The recording has placeholders for the ARNs of activities.
fn report(request: &Value) -> Report {
    let definition = request["definition"].as_str().unwrap();
    let definition = definition.replace("\"activity_arn\"", "\"arn:aws:states:us-east-1:111111111111:activity:a\"");
    let machine_type = request["type"].as_str().and_then(ExecutionType::from_name).unwrap_or(ExecutionType::Standard);
    Validation { machine_type, ..Validation::default() }.check(&definition)
}

#[test]
fn validations() {
    let Some(documents) = read_documents("recorded/validate") else { return };
    let mut score = Score::default();
    for (name, text) in &documents {
        let case: Value = serde_json::from_str(text).unwrap();
        let found = report(&case["request"]).to_value();
        let expected = &case["expected"];
        assert_eq!(found["result"], expected["result"], "{name}");
        assert_eq!(found["truncated"], expected["truncated"], "{name}");
        score.add(name, &expected["diagnostics"], &found["diagnostics"], |diagnostics| {
            let diagnostics = diagnostics.as_array().unwrap().iter();
            diagnostics.map(|one| Value::from(vec![one["code"].clone(), one["location"].clone()])).collect()
        });
    }
    score.check(10);
}

/// What the service refuses for another reason than its definition has a valid one.
#[test]
fn creations() {
    let Some(documents) = read_documents("recorded/create-error") else { return };
    let mut score = Score::default();
    for (name, text) in &documents {
        let case: Value = serde_json::from_str(text).unwrap();
        let error = &case["expected"]["Error"];
        let found = report(&case["request"]).invalid_definition();
        assert_eq!(found.is_some(), error["Code"] == "InvalidDefinition", "{name}: {found:?}");
        // The others are worded by those who recorded the refusal.
        if let Some(found) = found
            && error["Message"].as_str().unwrap().starts_with("Invalid State Machine Definition: ")
        {
            score.add(name, &error["Message"], &found.into(), |message| {
                let message = message.as_str().unwrap();
                let (code, location) = (message.split(": ").nth(1), message.rsplit(" at ").next());
                [code, location].into_iter().map(Value::from).collect()
            });
        }
    }
    assert!(documents.len() > 70, "{}", documents.len());
    score.check(3);
}
