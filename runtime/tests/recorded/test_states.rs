//! Tests of single states that contributors of LocalStack made with the real service (Apache-2.0), made again here.
//!
//! `test_state_gaps.txt` lists the cases that do not agree, with the reason; a listed case that agrees fails the run. The request's role
//! and our account stand for what the recording replaced.

use serde_json::{Value, json};
use stepwright_runtime::test_state::{TestStateError, TestStateRequest, TestedState};

use crate::compare::compare;
use crate::functions::Functions;

/// How many cases agree, and the lines for those that do not agree or are not expected to.
pub(crate) fn run(
    cases: &[(String, Value)],
    is_shown: bool,
    gap: impl Fn(&str) -> Option<String>,
) -> (usize, Vec<String>) {
    let (mut surprises, mut agreeing) = (Vec::new(), 0);
    for (name, case) in cases {
        let difference = difference(case);
        agreeing += usize::from(difference.is_none());
        if is_shown {
            println!("== {name}\n{}", difference.as_deref().unwrap_or("agrees"));
        }
        match (difference, gap(name)) {
            (None, None) | (Some(_), Some(_)) => {}
            (None, Some(reason)) => surprises.push(format!("{name}: agrees, but is listed as a gap ({reason})")),
            (Some(difference), None) => surprises.push(format!("{name}: {difference}")),
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
    let percent = agreeing as f64 * 100.0 / cases.len() as f64;
    println!("tests of states: {agreeing} of {} agree whole, {percent:.1} %", cases.len());
    (agreeing, surprises)
}

fn difference(case: &Value) -> Option<String> {
    let expected: Value = case["expected"]
        .as_object()?
        .iter()
        .filter(|(name, _)| !["ResponseMetadata", "message"].contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let found = match tested(case) {
        Ok(tested) => json!(tested),
        Err(error) => json!({ "Error": { "Code": error.code(), "Message": error.to_string() } }),
    };
    let found: Value = serde_json::from_str(&found.to_string().replace("123456789012", "111111111111")).unwrap();
    compare(&expected, &found)
}

fn tested(case: &Value) -> Result<TestedState, TestStateError> {
    let mut request: TestStateRequest = serde_json::from_value(case["request"].clone()).unwrap();
    request.role_arn = request.role_arn.map(|_| "arn:aws:iam::111111111111:role/role".to_owned());
    request.into_test()?.task_handler(Functions::of(case)).run_blocking()
}
