//! What panics in Rust fails the execution.

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, few};

#[task(name = "pick_one")]
pub async fn pick(from: Vec<i64>) -> Option<i64> {
    let mut dice = dice(("pick", &from));
    (!dice.one_in(3)).then(|| dice.roll(5) as i64)
}

#[workflow]
pub async fn risky(values: Vec<i64>, index: usize) -> i64 {
    assert!(values.len() < 4, "{} values are too many", values.len());
    let Some(picked) = pick(values.clone()).await else {
        panic!("nothing picked");
    };
    if picked == 4 {
        panic!("picked {picked}");
    }
    let least = values.iter().min().copied().unwrap_or_default();
    match picked {
        0..=2 => least + picked,
        3 => *values.get(index).unwrap_or(&-1),
        _ => unreachable!(),
    }
}

fn inputs() -> impl Strategy<Value = serde_json::Value> {
    (few(-5..5i64), 0..4usize).prop_map(|(values, index)| serde_json::json!({ "values": values, "index": index }))
}

cases! { risky => inputs() }
