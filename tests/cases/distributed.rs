//! Distributed maps: many items, each or in batches, in executions of their own.

use proptest::prelude::*;
use stepwright::{S3Csv, S3Json, S3JsonLines, S3Object, S3Objects, S3Prefix, WrittenResults, prelude::*};

use crate::support::{dice, few, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Person {
    pub name: String,
    pub city: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Counted {
    pub id: String,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum ImportError {
    #[error("{name} is unknown")]
    Unknown { name: String },
    #[error("too many are unknown")]
    #[asl(error = "States.ExceedToleratedFailureThreshold")]
    TooMany,
    #[error("cannot read: {0}")]
    #[asl(error = "States.ItemReaderFailed")]
    Unreadable(String),
}

#[task]
pub async fn import(name: String, into: String, number: u32) -> Result<String, ImportError> {
    let mut dice = dice(("import", &name, number));
    if dice.one_in(6) { Err(ImportError::Unknown { name }) } else { Ok(format!("{into}/{name}/{number}")) }
}

#[task]
pub async fn resize(key: String, size: u64) -> u64 {
    dice(("resize", key)).roll(10) + size
}

/// A list, with values from around it.
#[workflow]
pub async fn import_all(names: Vec<String>, into: String) -> Vec<String> {
    let mut number = 0;
    number += names.len() as u32;
    let prefix = format!("{into}!");
    distributed_map(names)
        .max_concurrency(3)
        .tolerate_failures(99)
        .label("import")
        .each(async |name| -> Result<String, ImportError> {
            let place = import(name, prefix.clone(), number).await?;
            Ok(format!("{place} of {into}"))
        })
        .await
        .unwrap_or_default()
}

/// The rows of a file in batches; a few may fail; the results are written.
#[workflow]
pub async fn import_file(key: String, batch: usize) -> Result<(String, String), ImportError> {
    let written: WrittenResults = distributed_map(S3Csv::<Person>::new("in", key))
        .tolerate_failure_percentage(40.0)
        .batch_input(Counted { id: "csv".to_owned(), count: 7 })
        .express()
        .write_results(S3Prefix::new("out", "results"))
        .batches(batch, async |people, common| -> Result<Vec<String>, ImportError> {
            let mut done = Vec::new();
            for person in people {
                done.push(import(person.name, person.city, common.count).await?);
            }
            Ok(done)
        })
        .await?;
    let place = if written.key.starts_with("results/") { "results" } else { "elsewhere" };
    Ok((written.bucket, place.to_owned()))
}

/// The objects of a bucket.
#[workflow]
pub async fn resize_all(bucket: String, prefix: String) -> (u64, Vec<String>) {
    let sizes = distributed_map(S3Objects::new(bucket, prefix))
        .each(async |object: S3Object| {
            if object.size == 0 {
                return 0;
            }
            resize(object.key, object.size).await
        })
        .await;
    let total: u64 = sizes.iter().sum();
    (total, sizes.iter().map(|size| size.to_string()).collect())
}

/// Numbers and lines, in batches with values from around them, one after the other.
#[workflow]
pub async fn sum_up(limit: u32, factor: u32) -> Result<Vec<u32>, ImportError> {
    let sums = distributed_map(S3Json::<u32>::new("in", "numbers.json"))
        .batches(3, async |numbers| numbers.iter().map(|number| number * factor).sum::<u32>())
        .await;
    let mut counts = distributed_map(S3JsonLines::<Counted>::new("in", "lines.jsonl"))
        .each(async |line| -> Result<u32, ImportError> {
            if line.count > limit { Err(ImportError::Unknown { name: line.id }) } else { Ok(line.count) }
        })
        .await?;
    counts.extend(sums);
    Ok(counts)
}

fn importing() -> impl Strategy<Value = serde_json::Value> {
    (few(words()), words()).prop_map(|(names, into)| serde_json::json!({ "names": names, "into": into }))
}

fn files() -> impl Strategy<Value = serde_json::Value> {
    (prop_oneof![3 => Just("people.csv"), 1 => Just("none.csv")], 1..4usize)
        .prop_map(|(key, batch)| serde_json::json!({ "key": key, "batch": batch }))
}

fn images() -> impl Strategy<Value = serde_json::Value> {
    prop_oneof![Just("images/"), Just("images/a"), Just("none")]
        .prop_map(|prefix| serde_json::json!({ "bucket": "in", "prefix": prefix }))
}

fn limits() -> impl Strategy<Value = serde_json::Value> {
    (0..40u32, 0..9u32).prop_map(|(limit, factor)| serde_json::json!({ "limit": limit, "factor": factor }))
}

cases! {
    import_all => importing(),
    import_file => files(),
    resize_all => images(),
    sum_up => limits(),
}
