//! The JSONata parser against the expressions of the official suite: which ones have a syntax error, and which.

use crate::conformance::{folder, known_gaps};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use stepwright_asl::jsonata::{DEEPEST, parse};

/// The operators that came after JSONata 2.0.6.
const LATER: [&str; 2] = ["coalescing-operator", "default-operator"];

/// Cases with another outcome than the suite's, each with its reason.
const GAPS: &str = include_str!("jsonata_gaps.txt");

#[test]
fn the_suite_has_the_same_syntax_errors() {
    let Some(folder) = folder("jsonata-suite/groups") else { return };
    let mut wrong = BTreeMap::new();
    let mut count = 0;
    for group in std::fs::read_dir(folder).unwrap() {
        let group = group.unwrap().path();
        if LATER.iter().any(|name| group.ends_with(name)) {
            continue;
        }
        for file in std::fs::read_dir(&group).unwrap() {
            let file = file.unwrap().path();
            if file.extension().is_some_and(|extension| extension == "json") {
                count += check_file(&file, &mut wrong);
            }
        }
    }
    assert!(count > 1500, "{count}");
    let expected = known_gaps(GAPS);
    assert_eq!(wrong.keys().map(String::as_str).collect::<Vec<_>>(), expected, "{wrong:#?}");
}

/// Parses all expressions of a file; notes those whose outcome is another than the suite's.
fn check_file(file: &Path, wrong: &mut BTreeMap<String, String>) -> usize {
    let cases = match serde_json::from_str(&std::fs::read_to_string(file).unwrap()) {
        Ok(Value::Array(cases)) => cases,
        Ok(case) => vec![case],
        // Half of a surrogate pair, which is no text in Rust.
        Err(error) => {
            assert!(error.to_string().contains("hex escape"), "{error}");
            return 0;
        }
    };
    let name = file.iter().rev().take(2).map(|part| part.to_string_lossy()).collect::<Vec<_>>();
    for (index, case) in cases.iter().enumerate() {
        let expression = match (case["expr"].as_str(), case["expr-file"].as_str()) {
            (Some(expression), _) => expression.to_owned(),
            (None, other) => std::fs::read_to_string(file.with_file_name(other.unwrap())).unwrap(),
        };
        let code = case["code"].as_str().or(case["error"]["code"].as_str()).filter(|code| code.starts_with('S'));
        let found = parse(&expression).err().map(|error| error.code);
        if code != found {
            let (code, found) = (code.unwrap_or("none"), found.unwrap_or("none"));
            wrong.insert(format!("{}/{}[{index}]", name[1], name[0]), format!("{code} in the suite, {found} here"));
        }
    }
    cases.len()
}

#[test]
fn messages_are_the_services() {
    for (expression, message) in [
        ("[1, 2", "Expected \"]\" before end of expression"),
        ("(1, 2)", "Expected \")\", got \",\""),
        ("'a", "String literal must be terminated by a matching quote"),
        ("1 +", "Unexpected end of expression"),
        ("}", "The symbol \"}\" cannot be used as a unary operator"),
        ("$a ?? 1", "The symbol \"?\" cannot be used as a unary operator"),
        ("$a ?: 1", "The symbol \":\" cannot be used as a unary operator"),
        ("/ab", "No terminating / in regular expression"),
        ("1 2", "Syntax error: 2"),
        ("$a!", "Unknown operator: \"!\""),
    ] {
        assert_eq!(parse(expression).unwrap_err().message, message, "{expression}");
    }
}

#[test]
fn nesting_is_bounded_and_length_is_not() {
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parse(&nested(DEEPEST - 1)).is_ok());
    assert_eq!(parse(&nested(10_000)).unwrap_err().message, "The expression is nested too deeply");
    for open in ["(", "-", "$f(", "{'a':", "function($x){", "1+(", "$x ? ", "$x := ", "|"] {
        assert!(parse(&open.repeat(20_000)).is_err(), "{open}");
    }
    for (first, next) in [("1", "+1"), ("$a", ".b"), ("$a", "[0]"), ("$a", "()"), ("'a'", "&'b'"), ("$a", "^(b)")] {
        assert!(parse(&format!("{first}{}", next.repeat(20_000))).is_ok(), "{next}");
    }
}
