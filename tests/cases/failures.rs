//! Errors of several types that become one `Failure`, with their names and causes.

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, few, words};

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum StockError {
    #[error("{left} left of {item}")]
    TooFew { item: String, left: u32 },
    #[error("closed")]
    Closed,
    #[error("unknown: {0}")]
    Unknown(String),
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum CarrierError {
    #[error("strike")]
    Strike,
    #[error("no way to {place}")]
    Unreachable { place: String },
    #[error("key")]
    #[asl(error = "S3.NoSuchKeyException", foreign)]
    NoLabel { cause: String },
    #[error("{name}: {cause}")]
    #[asl(other)]
    Other { name: String, cause: String },
}

#[task]
pub async fn set_aside(item: String, pieces: u32) -> Result<u32, StockError> {
    match dice(("set_aside", &item, pieces)).roll(5) {
        0 => Err(StockError::TooFew { item, left: pieces / 2 }),
        1 => Err(StockError::Closed),
        2 => Err(StockError::Unknown(item)),
        n => Ok(n as u32 + pieces),
    }
}

#[task]
pub async fn hand_over(place: String) -> Result<String, CarrierError> {
    match dice(("hand_over", &place)).roll(6) {
        0 => Err(CarrierError::Strike),
        1 => Err(CarrierError::Unreachable { place }),
        2 => Err(CarrierError::NoLabel { cause: place }),
        3 => Err(CarrierError::Other { name: "Carrier.Down".to_owned(), cause: place }),
        _ => Ok(format!("parcel to {place}")),
    }
}

#[workflow]
pub async fn send(item: String, pieces: u32, place: String) -> Result<String, Failure> {
    if pieces == 0 {
        return Err(StockError::Unknown(item).into());
    }
    let reserved = set_aside(item.clone(), pieces).await?;
    let parcel = hand_over(place).await?;
    if reserved > 7 {
        return Err(Failure::from(StockError::TooFew { item, left: reserved }));
    }
    Ok(parcel)
}

/// The failure is looked at before it is passed on.
#[workflow]
pub async fn send_or_tell(item: String, place: String) -> Result<String, Failure> {
    let failed: Failure = match hand_over(place).await {
        Ok(parcel) => return Ok(parcel),
        Err(error) => error.into(),
    };
    if failed.name == "Carrier.Down" {
        let reserved = set_aside(item, 1).await.map_err(Failure::from);
        return match reserved {
            Ok(pieces) => Ok(format!("{pieces} kept, {failed}")),
            Err(error) => Ok(format!("{}, {failed}", error.name)),
        };
    }
    Err(failed)
}

/// What a job can fail with: `States.TaskFailed` is an error of its own, though a catcher takes more for it.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum JobError {
    #[error("job: {0}")]
    #[asl(error = "States.TaskFailed")]
    Failed(String),
    #[error("late: {0}")]
    #[asl(error = "States.Timeout")]
    Late(String),
    #[error("{0}: {1}")]
    #[asl(other)]
    Other(String, String),
}

#[task]
pub async fn run(size: u32) -> Result<u32, JobError> {
    let cause = || format!("of size {size}");
    match dice(("job", size)).roll(6) {
        0 => Err(JobError::Failed(cause())),
        1 => Err(JobError::Late(cause())),
        2 => Err(JobError::Other("Job.Denied".to_owned(), cause())),
        3 => Err(JobError::Other("Few.Empty".to_owned(), cause())),
        n => Ok(n as u32),
    }
}

#[workflow]
pub async fn run_job(size: u32) -> Result<String, JobError> {
    match run(size).await {
        Ok(done) => Ok(format!("{done} done")),
        Err(JobError::Failed(cause)) => Ok(format!("failed {cause}")),
        Err(JobError::Other(name, cause)) if size > 3 => Ok(format!("{name} {cause}")),
        Err(error) => Err(error),
    }
}

/// Failures that are kept and told.
#[workflow]
pub async fn run_jobs(sizes: Vec<u32>) -> Result<Vec<String>, JobError> {
    let mut told = vec![];
    for size in sizes {
        let outcome = run(size).await;
        told.push(match outcome {
            Ok(done) => format!("{done} done"),
            Err(JobError::Late(_)) => "late".to_owned(),
            Err(other) => other.to_string(),
        });
    }
    Ok(told)
}

/// No variant for other errors: what has none fails the execution.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum StepError {
    #[error("step: {0}")]
    #[asl(error = "States.TaskFailed")]
    Failed(String),
    #[error("none of {left}")]
    Empty { left: u32 },
}

#[task]
pub async fn step(size: u32) -> Result<u32, StepError> {
    match dice(("step", size)).roll(5) {
        0 => Err(StepError::Failed(format!("size {size}"))),
        1 => Err(StepError::Empty { left: size }),
        2 => panic!("no variant has this"),
        n => Ok(n as u32),
    }
}

#[workflow]
pub async fn run_step(size: u32) -> Result<String, StepError> {
    match step(size).await {
        Ok(done) => Ok(format!("{done} done")),
        Err(StepError::Failed(cause)) => Ok(format!("failed {cause}")),
        Err(error) => Err(error),
    }
}

fn parcels() -> impl Strategy<Value = serde_json::Value> {
    (words(), 0..6u32, words())
        .prop_map(|(item, pieces, place)| serde_json::json!({ "item": item, "pieces": pieces, "place": place }))
}

/// Written by another version of the program: with older names.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum BookError {
    #[error("{room} is full")]
    #[serde(alias = "NoRoom")]
    Full {
        #[serde(alias = "name")]
        room: String,
    },
    #[error("closed")]
    #[serde(alias = "Shut")]
    Closed,
    #[error("{0}")]
    #[asl(error = "Rooms.Gone", foreign)]
    #[serde(alias = "Missing")]
    Gone(String),
    #[error("late")]
    Late(u32),
}

/// Told apart by their form alone.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
#[serde(untagged)]
pub enum LooseError {
    #[error("{after} too late")]
    Late { after: u32 },
    #[error("{0}")]
    Text(String),
    #[error("{0:?}")]
    Many(Vec<String>),
}

#[workflow]
pub async fn book_again(before: Option<LooseError>) -> Result<String, Failure> {
    match before {
        Some(error) => Err(error.into()),
        None => Ok("booked".to_owned()),
    }
}

#[workflow]
pub async fn tell_again(last: BookError) -> Result<String, BookError> {
    if last == BookError::Late(0) { Ok("in time".to_owned()) } else { Err(last) }
}

/// What failed is passed over, and what came in goes out.
#[workflow]
pub async fn pass_over(item: String) -> String {
    let _ = set_aside(item.clone(), 1).await;
    item
}

#[workflow]
pub async fn pass_over_each(items: Vec<String>) -> Result<Vec<String>, StockError> {
    map(items, async |item| -> Result<String, StockError> {
        let _ = set_aside(item.clone(), 1).await;
        Ok(item)
    })
    .await
}

const ONCE: bool = true;

/// The choices of the inner machine turn out to be none.
#[workflow]
pub async fn once_each(least: usize, items: Vec<String>) -> Result<Vec<String>, StockError> {
    let mut done = Vec::new();
    while done.len() < least {
        let once = if ONCE { set_aside("all".to_owned(), 2).await.is_ok() || ONCE } else { least < 3 };
        let more = map(items.clone(), async |item| -> Result<String, StockError> {
            let mut tries = 0;
            while tries < 3 && once {
                tries += 1;
                let _ = set_aside(item.clone(), tries).await;
                if once {
                    break;
                }
            }
            Ok(item)
        })
        .await?;
        if more.is_empty() {
            break;
        }
        done.extend(more);
    }
    Ok(done)
}

/// Each item fails, by the loop or behind it.
#[workflow]
pub async fn none_left(items: Vec<String>, left: Vec<u32>) -> Result<Vec<String>, StockError> {
    map(items, async |item| -> Result<String, StockError> {
        for left in left.clone() {
            if left > 3 {
                return Err(StockError::TooFew { item, left });
            }
        }
        Err(StockError::Unknown(item))
    })
    .await
}

fn old_errors() -> impl Strategy<Value = serde_json::Value> {
    let room = prop_oneof![Just("room"), Just("name")];
    let full = (prop_oneof![Just("Full"), Just("NoRoom")], room, "[ab]")
        .prop_map(|(variant, key, room)| serde_json::json!({ variant: { key: room } }));
    prop_oneof![
        full,
        prop_oneof![Just("Closed"), Just("Shut")].prop_map(serde_json::Value::from),
        (prop_oneof![Just("Gone"), Just("Missing")], "[ab]")
            .prop_map(|(variant, cause)| serde_json::json!({ variant: cause })),
        (0..3).prop_map(|minutes| serde_json::json!({ "Late": minutes })),
    ]
}

fn loose_errors() -> impl Strategy<Value = serde_json::Value> {
    prop_oneof![
        (0..3).prop_map(|after| serde_json::json!({ "after": after })),
        "[ab]".prop_map(serde_json::Value::from),
        prop::collection::vec("[ab]", 0..3).prop_map(serde_json::Value::from),
    ]
}

cases! {
    send => parcels(),
    send_or_tell => parcels(),
    run_job => 0..6u32,
    run_jobs => few(0..6u32),
    run_step => 0..6u32,
    book_again => prop::option::of(loose_errors()),
    tell_again => old_errors(),
    pass_over => words(),
    pass_over_each => few(words()),
    none_left => (few(words()), few(0..6u32)).prop_map(|(items, left)| serde_json::json!({ "items": items, "left": left })),
    once_each => (0..4usize, few(words())).prop_map(|(least, items)| serde_json::json!({ "least": least, "items": items })),
}
