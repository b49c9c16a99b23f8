//! `?` across error types: `#[from]`, `#[pure] impl From`, `map_err`, `ok_or`, and errors side by side.

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, few, words};

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum StoreError {
    #[error("{key} is missing")]
    Missing { key: String },
    #[error("throttled for {0} s")]
    Throttled(u32),
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum Invalid {
    #[error("{field} is wrong: {reason}")]
    Field { field: String, reason: String },
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum AppError {
    #[error("store: {0}")]
    Store(#[from] StoreError),
    #[error("input: {field} ({hint})")]
    Input { field: String, hint: String },
    #[error("{0}")]
    Other(String),
}

#[pure]
impl From<Invalid> for AppError {
    fn from(invalid: Invalid) -> Self {
        match invalid {
            Invalid::Field { field, reason } => AppError::Input { hint: reason.to_uppercase(), field },
        }
    }
}

#[task]
pub async fn read(key: String) -> Result<Option<String>, StoreError> {
    let mut dice = dice(("read", &key));
    match dice.roll(6) {
        0 => Err(StoreError::Missing { key }),
        1 => Err(StoreError::Throttled(dice.roll(3) as u32)),
        2 => Ok(None),
        _ => Ok(Some(dice.word())),
    }
}

#[task]
pub async fn check(text: String) -> Result<u32, Invalid> {
    let mut dice = dice(("check", &text));
    if dice.one_in(4) { Err(Invalid::Field { field: text, reason: dice.word() }) } else { Ok(dice.roll(9) as u32) }
}

#[workflow]
pub async fn load(key: String) -> Result<u32, AppError> {
    let text = read(key.clone()).await?.ok_or(AppError::Other(format!("nothing at {key}")))?;
    let score = check(text.clone()).await?;
    let again = match read(text).await {
        Ok(found) => found.map_or(0, |found| found.chars().count() as u32),
        Err(StoreError::Throttled(0)) => 100,
        Err(error) => return Err(error.into()),
    };
    let last = check(again.to_string()).await.map_err(|invalid| AppError::Other(format!("last: {invalid}")))?;
    Ok(score * 1000 + again * 10 + last)
}

#[workflow]
pub async fn both(left: String, right: String) -> Result<String, AppError> {
    let (left, right) = try_join!(
        async {
            let text = read(left).await?;
            Ok::<String, AppError>(text.unwrap_or_default())
        },
        async { Ok(check(right).await? + 1) },
    )?;
    Ok(format!("{left}/{right}"))
}

#[workflow]
pub async fn all(keys: Vec<String>) -> Result<Vec<(String, u32)>, AppError> {
    let scores = map(keys.clone(), async |key| -> Result<u32, AppError> {
        let text = read(key).await?.unwrap_or("none".to_string());
        Ok(check(text).await?)
    })
    .max_concurrency(1)
    .await?;
    Ok(keys.into_iter().zip(scores).collect())
}

#[task]
pub async fn parts(text: String) -> Result<Vec<String>, StoreError> {
    let mut dice = dice(("parts", &text));
    match dice.roll(4) {
        0 => Err(StoreError::Missing { key: text }),
        n => Ok(vec![text; n as usize - 1]),
    }
}

/// A list in a list, which comes out of a `Result`.
#[workflow]
pub async fn in_one(text: String) -> Result<Vec<Vec<String>>, StoreError> {
    Ok(vec![parts(text).await?])
}

fn sides() -> impl Strategy<Value = serde_json::Value> {
    (words(), words()).prop_map(|(left, right)| serde_json::json!({ "left": left, "right": right }))
}

cases! { load => words(), both => sides(), all => few(words()), in_one => words() }
