//! Effects that are kept in a variable before they are awaited, and blocks that change what is around them.

use std::time::Duration;

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, few, words};

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum StepError {
    #[error("no {what}")]
    Missing { what: String },
}

#[task]
pub async fn inquire(what: String, number: u32) -> Result<u32, StepError> {
    let mut dice = dice(("inquire", &what, number));
    if dice.one_in(4) { Err(StepError::Missing { what }) } else { Ok(number + dice.roll(10) as u32) }
}

/// What is read is taken where the effect is made, not where it is awaited.
#[workflow]
pub async fn made_early(names: Vec<String>, start: u32) -> Vec<u32> {
    let mut number = start;
    let pause = sleep(Duration::from_secs(1) * number);
    let all = map(names, async move |name| inquire(name, number).await.unwrap_or(0));
    let block = async move {
        number += 1;
        inquire("block".to_owned(), number).await.unwrap_or(number)
    };
    number *= 2;
    let call = inquire("call".to_owned(), number);
    number += 100;
    pause.await;
    let mut found = all.await;
    found.push(call.await.unwrap_or(1));
    found.push(block.await);
    found.push(number);
    found
}

/// A block that is tried changes variables around it.
#[workflow]
pub async fn tried(names: Vec<String>) -> (u32, Vec<String>) {
    let mut total = 0;
    let mut missing = Vec::new();
    let outcome: Result<(), StepError> = async {
        for name in names {
            match inquire(name.clone(), total).await {
                Ok(number) => total += number,
                Err(StepError::Missing { what }) if total > 20 => return Err(StepError::Missing { what }),
                Err(_) => missing.push(name),
            }
        }
        inquire("last".to_owned(), total).await?;
        Ok(())
    }
    .await;
    if let Err(error) = outcome {
        missing.push(error.to_string());
    }
    (total, missing)
}

#[workflow]
pub async fn filled(word: String, count: usize) -> (Vec<String>, Vec<u32>, Vec<Vec<u8>>) {
    let words = vec![word.clone(); count];
    let numbers = [word.chars().count() as u32; 3];
    (words, numbers.to_vec(), vec![vec![1; 2]; count])
}

/// An index that changes a variable, in places that are read, assigned and changed.
#[workflow]
pub async fn indexed(numbers: Vec<u32>, mut queue: Vec<usize>) -> (Vec<u32>, Vec<Vec<u32>>, Vec<usize>) {
    let mut counts = vec![0; 8];
    let mut lists = vec![vec![]; 8];
    let mut at = 0;
    for number in numbers {
        if queue.len() < 3 {
            break;
        }
        counts[queue.remove(0)] += number;
        counts[{
            at += 1;
            at
        }] = at as u32;
        counts[{
            at -= 1;
            at
        }] += at as u32 + number;
        lists[queue.remove(0)].push(number + counts[queue.remove(0)]);
    }
    (counts, lists, queue)
}

fn names() -> impl Strategy<Value = Vec<String>> {
    few(words())
}

fn early() -> impl Strategy<Value = serde_json::Value> {
    (names(), 0..9u32).prop_map(|(names, start)| serde_json::json!({ "names": names, "start": start }))
}

fn filling() -> impl Strategy<Value = serde_json::Value> {
    (words(), 0..4usize).prop_map(|(word, count)| serde_json::json!({ "word": word, "count": count }))
}

cases! {
    made_early => early(),
    tried => names(),
    filled => filling(),
    indexed => (few(0..9u32), proptest::collection::vec(0..8usize, 0..12))
        .prop_map(|(numbers, queue)| serde_json::json!({ "numbers": numbers, "queue": queue })),
}
