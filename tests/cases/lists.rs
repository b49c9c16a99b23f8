//! Lists that are changed in place, between and around calls.

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, few, words};

#[task(name = "weigh_item")]
pub async fn weigh(name: &str) -> u32 {
    dice(("weigh", name)).roll(6) as u32
}

#[workflow]
pub async fn queue(names: Vec<String>) -> (Vec<String>, Vec<u32>) {
    let mut waiting = names;
    let mut done: Vec<u32> = vec![];
    let mut order = Vec::new();
    while !waiting.is_empty() && order.len() < 6 {
        let name = waiting.remove(0);
        let weight = weigh(&name).await;
        match weight {
            0 => continue,
            1 if waiting.len() > 1 => waiting.insert(1, format!("{name}!")),
            2 => waiting.truncate(2),
            3 => waiting.extend(vec![name.clone(), "last".to_string()]),
            _ => waiting.reverse(),
        }
        done.push(weight);
        order.push(name);
    }
    done.sort_by(|a, b| b.cmp(a));
    (order, done)
}

#[workflow]
pub async fn halves(numbers: Vec<i64>, at: i64) -> (Vec<i64>, Vec<i64>, Option<i64>, Vec<Vec<i64>>) {
    let (low, mut high): (Vec<i64>, Vec<i64>) = numbers.iter().partition(|number| **number < at);
    let weight = i64::from(weigh(&format!("{}:{}", low.len(), high.len())).await);
    if let Some(first) = high.first().copied() {
        high[0] = first + weight;
    }
    let middle = numbers.len() / 2;
    let ends = vec![numbers[..middle].to_vec(), numbers[middle..].iter().rev().copied().collect()];
    (low, high, numbers.last().map(|last| last * weight), ends)
}

/// The longest run of equal neighbours.
#[workflow]
pub async fn longest(words: Vec<String>) -> Option<(String, usize)> {
    let mut best: Option<(String, usize)> = None;
    let mut run = 0;
    let mut before: Option<String> = None;
    for word in words {
        run = if before.as_ref() == Some(&word) { run + 1 } else { 1 };
        if best.as_ref().is_none_or(|(_, length)| run > *length) {
            best = Some((word.clone(), run));
        }
        before = Some(word);
    }
    let (word, length) = best?;
    let more = weigh(&word).await as usize;
    Some((word, length + more))
}

fn splits() -> impl Strategy<Value = serde_json::Value> {
    (few(-9..9i64), -9..9i64).prop_map(|(numbers, at)| serde_json::json!({ "numbers": numbers, "at": at }))
}

cases! { queue => few(words()), halves => splits(), longest => few("[ab]") }
