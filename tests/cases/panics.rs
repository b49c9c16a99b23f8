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

#[task(name = "weigh_one", retry(max_attempts = 2))]
pub async fn weigh(value: i64) -> Result<usize, Failure> {
    let mut dice = dice(("weigh", value));
    if dice.one_in(3) { Err(Failure::new("Scales", "broken")) } else { Ok(dice.roll(4) as usize) }
}

/// A panic before or after a call is none of the call's errors: it is neither retried nor caught.
#[workflow]
pub async fn past_the_end(values: Vec<i64>, index: usize) -> String {
    match weigh(values[index]).await {
        Ok(weight) => format!("{}", values[weight]),
        Err(failure) => failure.to_string(),
    }
}

/// `unwrap` and `expect` fail as a `panic!` does.
#[workflow]
#[expect(clippy::expect_used, reason = "what is tested")]
pub async fn taken(values: Vec<i64>, index: usize) -> i64 {
    let first = *values.first().expect("at least one value");
    let picked = if values.len() > 1 && values.get(1).unwrap() > &first { pick(values.clone()).await } else { Some(1) };
    let doubled: Vec<i64> = values.iter().map(|value| value.checked_mul(2).unwrap()).collect();
    picked.unwrap() + doubled.get(index).copied().unwrap_or(first)
}

/// What is never read panics all the same.
#[workflow]
pub async fn unread(values: Vec<i64>, index: usize) -> Result<i64, Failure> {
    let mut least = 0;
    let mut _less = 0;
    if index > 0 {
        least = 1;
        _less = values[index];
    }
    for value in &values {
        let _rest = 3 / value;
        least += 1;
    }
    weigh(least).await?;
    Ok({
        let Some(most) = values.iter().max().copied() else { return Ok(-1) };
        let _less = index - 1;
        values
            .iter()
            .map(|value| {
                let _rest = 3 % (value - 1);
                *value
            })
            .sum::<i64>()
            + most
    })
}

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub struct Reading {
    pub values: Vec<i64>,
    pub index: usize,
}

#[pure]
impl Reading {
    pub fn is_high(&self) -> bool {
        assert!(self.index < self.values.len(), "no reading {}", self.index);
        self.values[self.index] > 1
    }

    pub fn checked(&self) -> Option<i64> {
        assert!(!self.values.is_empty(), "no readings");
        self.values.first().copied()
    }
}

/// What a method does on the right of `&&` and `||` is done only if the left does not decide.
#[workflow]
pub async fn shortcuts(reading: Reading) -> u32 {
    let inside = reading.index < reading.values.len() && reading.is_high();
    if reading.values.is_empty() || reading.index == 3 || reading.is_high() {
        return 1;
    }
    if inside { 3 } else { 4 }
}

/// The same for what a later part of a let chain does.
#[workflow]
pub async fn chained(reading: Reading) -> i64 {
    if reading.index < 2
        && let Some(value) = reading.checked()
        && (value < 0 || reading.is_high())
    {
        return value;
    }
    100
}

/// What stands beside the only part that is read panics all the same.
#[workflow]
pub async fn set_aside(values: Vec<i64>, index: usize) -> i64 {
    match index {
        0 => vec![values[0], 1].len() as i64,
        1 => (values[0], 2).1,
        2 => [2, values[0]].first().copied().unwrap_or(3),
        3 => i64::from(vec![values[0]].is_empty()),
        4 => vec![values[0], 5][1],
        5 => values.iter().map(|value| 10 / value).collect::<Vec<i64>>().len() as i64,
        6 => Reading { index: 6, values: vec![values[0]] }.index as i64,
        7 => i64::from(Some(values[0] + 1).is_some()),
        8 => i64::from(vec![values[0]] == Vec::<i64>::new()),
        9 => i64::from(Some(vec![values[0]]).is_none()),
        10 => i64::from(Ok::<i64, String>(values[0]).is_ok()),
        11 => match (values[0], index) {
            (_, 11) => 11,
            (one, _) => one,
        },
        12 => {
            let reading = Reading { index: 12, values: vec![values[0]] };
            Reading { values: vec![], ..reading }.index as i64
        }
        13 => Ok::<i64, String>(values[0]).map(|_| 2).unwrap_or(3),
        _ => values.iter().map(|value| [10 % value, 1].len() as i64).sum(),
    }
}

/// What a pattern or a guard leaves unread panics where Rust looks at it, and only there.
#[workflow]
pub async fn looked_at(values: Vec<i64>, index: usize) -> i64 {
    let ready = values.len() > 1;
    if index < values.len()
        && let (1, true) = (values[index], ready)
    {
        return 1;
    }
    let found = match index {
        1 => 2,
        n if matches!((values[n], ready), (1, true)) => 3,
        n if n > 7 && values.get(n - 7).copied().map(|value| 10 / value).is_some() => 4,
        _ => 5,
    };
    found + (10 / values[0], if ready { 10 / values[0] } else { 6 }).1
}

#[pure]
fn seven(_values: i64) -> i64 {
    7
}

/// What nothing reads at all panics, too, and before what comes behind it.
#[workflow]
pub async fn in_order(values: Vec<i64>, index: usize) -> i64 {
    let _ = 10 / (index as i64 - 3);
    let same = |_: i64| index as i64;
    if index == 6 {
        return same(values[0]);
    }
    if index == 7 {
        return seven(values[0]);
    }
    let mut kept = values.clone();
    if index > 4 {
        kept.dedup_by_key(|value| (100 / *value, (*value > 2).then_some(*value)));
    }
    if index == 5 {
        return i64::from(values.first().map(|value| 10 / value).is_some());
    }
    let (first, picked) = (values[0], pick(kept.clone()).await);
    let both = [values[1] / 2 / 3, pick(kept).await.unwrap_or(first)];
    both.len() as i64 + picked.unwrap_or(first)
}

fn inputs() -> impl Strategy<Value = serde_json::Value> {
    (few(-5..5i64), 0..4usize).prop_map(|(values, index)| serde_json::json!({ "values": values, "index": index }))
}

fn many_inputs() -> impl Strategy<Value = serde_json::Value> {
    (few(-5..5i64), 0..15usize).prop_map(|(values, index)| serde_json::json!({ "values": values, "index": index }))
}

cases! {
    risky => inputs(),
    past_the_end => inputs(),
    taken => inputs(),
    unread => inputs(),
    shortcuts => inputs(),
    chained => inputs(),
    set_aside => many_inputs(),
    looked_at => many_inputs(),
    in_order => many_inputs(),
}
