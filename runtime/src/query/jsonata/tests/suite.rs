//! The official suite of JSONata (MIT), against the engine as Step Functions has it.
//!
//! The cases are read from `$STEPWRIGHT_CONFORMANCE`; without it the test is skipped, but on CI that is an error.
//! `suite_gaps.txt` lists the cases that do not agree, with the reason; a listed case that agrees fails the run. What the suite
//! has and the service has not is told by rule: the operators `??` and `?:`, which are refused, and `$eval`.
//! `suite_later.txt` lists the other cases whose answer is not that of version 2.0.6.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::*;

#[test]
fn the_official_suite_agrees() {
    let Some(folder) = suite_folder() else { return };
    let wanted = std::env::var("CASE").ok();
    let (later, gaps) = (listed(include_str!("suite_later.txt")), listed(include_str!("suite_gaps.txt")));
    let (mut agreed, mut judged, mut surprises) = (0, 0, Vec::new());
    let cases = cases(&folder.join("groups"));
    for listed in later.keys().chain(gaps.keys()) {
        assert!(cases.iter().any(|(name, _)| name == listed), "there is no case {listed}");
    }
    for (name, case) in cases {
        if wanted.as_ref().is_some_and(|wanted| !name.contains(wanted)) || later.contains_key(name.as_str()) {
            continue;
        }
        let Some(answer) = answer(&source(&case, &folder.join("groups").join(&name)), &case, &folder) else { continue };
        judged += 1;
        agreed += usize::from(agrees(&answer, &case));
        match (agrees(&answer, &case), gaps.get(name.as_str())) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(reason)) => surprises.push(format!("{name}: agrees, but is listed as a gap ({reason})")),
            (false, None) => surprises.push(format!("{name}: {}\n  gave {answer:?}", case["expr"])),
        }
    }
    println!("JSONata suite: {agreed} of {judged} cases agree; {} have another answer in 2.0.6", later.len());
    assert!(surprises.is_empty(), "{} of {judged} agree\n{}", agreed, surprises.join("\n"));
    assert!(wanted.is_some() || agreed * 1_000 >= judged * 995, "{agreed} of {judged} agree");
}

/// What the engine gives, or the message of its error; `None` for what the service does not have.
type Answer = Result<Evaluated, String>;

fn answer(source: &str, case: &Json, folder: &Path) -> Option<Answer> {
    if source.contains("$eval(") {
        return None;
    }
    if let Err(error) = parser::parse(source) {
        return Some(Err(in_jsonatas_words(&error.to_string())));
    }
    let expression = match Expression::parse_for(Item::Present, source, &mut |_| VariableId(0)) {
        Ok(expression) => expression,
        Err(message) if message.contains("is not part of the version") => return None,
        Err(message) => return Some(Err(message)),
    };
    let document = match (case.get("data"), case["dataset"].as_str()) {
        (Some(data), _) => engine_value(data),
        (None, Some(dataset)) => engine_value(&read(&folder.join("datasets").join(format!("{dataset}.json")))),
        (None, None) => JValue::Undefined,
    };
    let context = || {
        let mut context = Context::new();
        for (name, value) in case["bindings"].as_object().into_iter().flatten() {
            context.bind(name.clone(), engine_value(value));
        }
        context
    };
    let number = |name: &str| case[name].as_u64();
    let options = EvaluatorOptions {
        // Only what never ends has to end in time.
        timeout_ms: Some(if case["code"] == "U1001" { 1_000 } else { 60_000 }),
        max_stack_depth: Some(usize::try_from(number("depth").unwrap_or(500)).unwrap()),
        ..EvaluatorOptions::default()
    };
    let evaluated =
        with_view(&Value::Null, &Scope::default(), |view| expression.eval_with(&context, &options, view, &document));
    Some(evaluated.map_err(|EvaluationFailed(message)| message))
}

fn agrees(answer: &Answer, case: &Json) -> bool {
    let code = case["code"].as_str().or(case["error"]["code"].as_str());
    match (answer, code) {
        (Ok(Evaluated::Value(value)), None) => case.get("result").is_some_and(|expected| {
            let Evaluated::Value(expected) = bridge::from_engine(&engine_value(expected)) else { return false };
            let (mut found, mut expected) = (value.to_json(), expected.to_json());
            if case["unordered"] == true {
                sort(&mut found);
                sort(&mut expected);
            }
            found == expected
        }),
        (Ok(Evaluated::Undefined), None) => case["undefinedResult"] == true,
        (Ok(Evaluated::Unsupported), None) => case.get("result").is_some(),
        // The suite's own guards against endless evaluations, in the service's words.
        (Err(message), Some("U1001")) => message.starts_with("Stack overflow") || message.contains("timeout"),
        (Err(message), Some(code)) => message.contains(code),
        (Ok(_), Some(_)) | (Err(_), None) => false,
    }
}

fn sort(list: &mut Json) {
    list.as_array_mut().unwrap().sort_by_key(Json::to_string);
}

fn engine_value(json: &Json) -> JValue {
    bridge::to_engine(&Value::from(json))
}

/// The expression, which may be in a file beside the case.
fn source(case: &Json, file: &Path) -> String {
    match case["expr-file"].as_str() {
        Some(name) => std::fs::read_to_string(file.with_file_name(name)).unwrap(),
        None => case["expr"].as_str().unwrap_or_default().to_owned(),
    }
}

/// Every case with its name, `group/file`, and the position in the file where that has more than one.
fn cases(groups: &Path) -> Vec<(String, Json)> {
    let mut cases = Vec::new();
    for group in entries(groups) {
        for file in entries(&group).into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "json")) {
            let name = file.with_extension("").strip_prefix(groups).unwrap().to_str().unwrap().to_owned();
            match read(&file) {
                Json::Array(several) => {
                    let several = several.into_iter().enumerate();
                    cases.extend(several.map(|(position, case)| (format!("{name}#{position}"), case)));
                }
                case => cases.push((name, case)),
            }
        }
    }
    cases
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

/// The JSON of a file, or nothing where half a surrogate pair makes it no text at all.
fn read(file: &Path) -> Json {
    let text = std::fs::read_to_string(file).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| {
        assert!(error.to_string().contains("hex escape"), "{}: {error}", file.display());
        Json::Null
    })
}

/// The cases of a list, with their reasons.
fn listed(list: &str) -> BTreeMap<&str, &str> {
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    lines.map(|line| line.split_once(": ").unwrap()).collect()
}

fn suite_folder() -> Option<PathBuf> {
    let folder = std::env::var_os("STEPWRIGHT_CONFORMANCE").map(PathBuf::from).filter(|folder| folder.is_dir());
    if folder.is_none() {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "STEPWRIGHT_CONFORMANCE has to be set on CI");
        println!("skipped: STEPWRIGHT_CONFORMANCE is not set");
    }
    folder.map(|folder| folder.join("jsonata-suite"))
}
