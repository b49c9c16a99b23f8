//! A state machine of state machines: workflows that run others as executions of their own.

use proptest::prelude::*;
use stepwright::{Started, prelude::*};

use crate::support::{dice, few, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Parcel {
    pub to: String,
    pub grams: u32,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum CarrierError {
    #[error("{grams} g are too much")]
    TooHeavy { grams: u32 },
    #[error("nobody is there")]
    Closed,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum SendError {
    #[error("carrier: {0}")]
    Carrier(#[from] CarrierError),
    #[error("{name}: {cause}")]
    #[asl(other)]
    Other { name: String, cause: String },
}

#[task(retry(on(CarrierError::Closed), max_attempts = 1))]
pub async fn weigh_in(to: String, grams: u32) -> Result<u32, CarrierError> {
    let mut dice = dice(("weigh_in", &to, grams));
    match dice.roll(8) {
        0 => Err(CarrierError::TooHeavy { grams }),
        1 => Err(CarrierError::Closed),
        more => Ok(grams + more as u32),
    }
}

/// Sends one parcel.
#[workflow]
pub async fn send_parcel(parcel: Parcel) -> Result<u32, CarrierError> {
    let grams = weigh_in(parcel.to, parcel.grams).await?;
    assert!(grams != 13, "nobody sends {grams} g");
    if grams > 900 {
        return Err(CarrierError::TooHeavy { grams });
    }
    Ok(grams)
}

/// A text as the whole input.
#[workflow]
pub async fn greet(name: String) -> String {
    format!("Dear {name}")
}

/// Numbers as the whole input.
#[workflow]
pub async fn add_up(numbers: Vec<u32>) -> u32 {
    numbers.iter().map(|number| number % 1000).sum()
}

/// The errors go on as they are.
#[workflow]
pub async fn forward(to: String, grams: u32) -> Result<String, CarrierError> {
    let grams = send_parcel(Parcel { to: to.clone(), grams }).await?;
    Ok(format!("{} ({grams} g)", greet(to).await))
}

/// The errors are told apart.
#[workflow]
pub async fn deliver(to: String, grams: Vec<u32>) -> (u32, Vec<String>) {
    let mut sent = 0;
    let mut problems = Vec::new();
    for grams in grams {
        match send_parcel(Parcel { to: to.clone(), grams }).name("Send one").await {
            Ok(grams) => sent += grams % 1000,
            Err(CarrierError::TooHeavy { grams }) => problems.push(format!("{grams} g")),
            Err(CarrierError::Closed) => break,
        }
    }
    (sent, problems)
}

/// The errors are converted, those of others too.
#[workflow]
pub async fn send_all(parcels: Vec<Parcel>) -> Result<Vec<u32>, SendError> {
    let mut sent = Vec::new();
    for parcel in parcels {
        sent.push(send_parcel(parcel).await?);
    }
    Ok(sent)
}

#[task]
pub async fn jot(text: String) -> bool {
    dice(("jot", text)).one_in(2)
}

#[workflow]
pub async fn remind(name: String, copies: u32) -> u32 {
    let mut noted = 0;
    for copy in 0..copies {
        if jot(format!("{name} {copy}")).await {
            noted += 1;
        }
    }
    noted
}

/// Starts some and waits for others.
#[workflow]
pub async fn remind_all(names: Vec<String>) -> (Vec<String>, u32) {
    let mut seen = Vec::new();
    for name in names {
        let started: Started = remind(name.clone(), 2).start().await;
        if started.execution_arn.contains(":remind:") && started.start_date >= stepwright::context().start_time() {
            seen.push(name);
        }
    }
    let (numbers, greeting) = stepwright::join!(add_up(vec![1, 2, 3]), greet("all".to_owned()));
    seen.push(greeting);
    (seen, numbers)
}

/// Runs itself.
#[workflow]
pub async fn climb(steps: u32) -> Result<u32, CarrierError> {
    if steps == 0 {
        return Err(CarrierError::Closed);
    }
    match climb(steps / 2).await {
        Ok(below) => Ok(below + 1),
        Err(CarrierError::Closed) => Ok(weigh_in("step".to_owned(), steps).await? - steps),
        Err(error) => Err(error),
    }
}

fn parcels() -> impl Strategy<Value = serde_json::Value> {
    (words(), prop_oneof![0..30u32, 0..2000u32]).prop_map(|(to, grams)| serde_json::json!({ "to": to, "grams": grams }))
}

fn deliveries() -> impl Strategy<Value = serde_json::Value> {
    (words(), few(prop_oneof![14..30u32, 20..2000u32]))
        .prop_map(|(to, grams)| serde_json::json!({ "to": to, "grams": grams }))
}

cases! {
    forward => parcels(),
    deliver => deliveries(),
    send_all => few(parcels()),
    remind_all => few(words()),
    climb => 0..9u32,
}
