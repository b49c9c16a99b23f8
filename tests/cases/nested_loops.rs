//! Loops in loops around calls, left and continued by label, with values.

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, few};

#[task]
pub async fn try_out(row: usize, value: i64) -> Option<i64> {
    let mut dice = dice(("try_out", row, value));
    (!dice.one_in(4)).then(|| dice.roll(20) as i64 - 5)
}

#[task]
pub async fn report(text: String) {
    let _ = text;
}

#[workflow]
pub async fn search(grid: Vec<Vec<i64>>, goal: i64) -> (Option<(usize, i64)>, Vec<i64>) {
    let mut seen = Vec::new();
    let mut skipped = 0;
    let found = 'rows: {
        for (index, row) in grid.iter().enumerate() {
            'cells: for cell in row {
                if *cell < 0 {
                    continue;
                }
                let Some(score) = try_out(index, *cell).await else {
                    skipped += 1;
                    if skipped > 2 {
                        break 'rows None;
                    }
                    continue 'cells;
                };
                seen.push(score);
                if score >= goal {
                    break 'rows Some((index, score));
                }
                if score < 0 {
                    break;
                }
            }
            report(format!("row {index}: {} seen", seen.len())).await;
        }
        None
    };
    if let Some((row, _)) = found {
        report(format!("found in {row:>3}|{row:<3}|{row:03}")).await;
    }
    (found, seen)
}

#[workflow]
pub async fn countdown(start: u32) -> Vec<i64> {
    let mut left = start;
    let mut results = vec![];
    while left > 0 {
        left -= 1;
        for i in (0..=left).rev() {
            if i % 2 == 1 {
                continue;
            }
            if let Some(value) = try_out(i as usize, i64::from(left)).await {
                results.push(value);
            } else if results.len() > 3 {
                return results;
            }
        }
    }
    results
}

fn grids() -> impl Strategy<Value = serde_json::Value> {
    (few(few(-3..9i64)), 0..15i64).prop_map(|(grid, goal)| serde_json::json!({ "grid": grid, "goal": goal }))
}

/// A loop that never ends has no value, and what stands behind it is not reached.
#[workflow]
#[expect(clippy::empty_loop, reason = "what it becomes is what is tested")]
pub async fn unless_stuck(number: u32) -> u32 {
    let half: u32 = if number > 1_000 { loop {} } else { number / 2 };
    let parts = vec![number, half].into_iter().map(|part| {
        let part: u32 = if part > 2_000 { loop {} } else { part };
        part + 1
    });
    parts.sum()
}

cases! { search => grids(), countdown => 0..5u32, unless_stuck => 0..99u32 }
