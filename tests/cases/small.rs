//! Small things: no parameters, no result, references, loops with values, swaps, shadowing, late `let`s.

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, few};

#[task]
pub async fn next() -> u32 {
    dice("next").roll(10) as u32
}

#[task]
pub async fn add(a: i64, b: i64) -> i64 {
    a + b
}

#[task]
pub async fn note(text: &str) {
    let _ = text;
}

/// Nothing in, nothing out.
#[workflow]
pub async fn nothing() {
    if next().await > 4 {
        note("more").await;
    }
    note("done").await;
}

#[workflow]
pub async fn fibonacci(count: u32) -> i64 {
    let (mut a, mut b) = (0, 1);
    for _ in 0..count {
        (a, b) = (b, add(a, b).await);
    }
    a
}

#[workflow]
pub async fn until_small() -> (u32, Vec<u32>) {
    let mut seen = vec![];
    let last = loop {
        let n = next().await;
        if n < 3 {
            break n;
        }
        seen.push(n);
        if seen.len() == 3 {
            break seen.iter().sum();
        }
    };
    (last, seen)
}

#[workflow]
#[expect(clippy::manual_swap, reason = "assigns to items")]
pub async fn sorted_by_hand(values: Vec<i64>) -> Vec<i64> {
    let mut values = values;
    for i in 0..values.len() {
        for j in 0..values.len() - 1 {
            if values[j] > values[j + 1] {
                let held = values[j];
                values[j] = values[j + 1];
                values[j + 1] = held;
            }
        }
        note(&format!("pass {i}")).await;
    }
    values
}

#[workflow]
pub async fn shadows(value: i64) -> i64 {
    let sum;
    let value = value * 2;
    if value > 10 {
        let value = add(value, 1).await;
        sum = value * 3;
    } else {
        sum = value;
    }
    let double = |x: i64| x * 2 + value;
    let value = double(sum);
    add(value, double(1)).await
}

#[workflow]
#[expect(clippy::manual_is_multiple_of, reason = "written as it always was")]
pub async fn collatz(start: u32) -> u32 {
    let mut n = start;
    let mut steps = 0;
    while n != 1 {
        n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
        steps += 1;
    }
    steps + next().await
}

cases! {
    nothing => Just(serde_json::json!({})),
    fibonacci => 0..12u32,
    until_small => Just(serde_json::json!({})),
    sorted_by_hand => few(-9..9i64),
    shadows => -20..20i64,
    collatz => 1..40u32,
}
