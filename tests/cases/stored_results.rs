//! Results kept in variables, lists and structs, and looked at later.

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, few, words};

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum FetchError {
    #[error("{url} is gone")]
    Gone { url: String },
    #[error("busy, {seconds} s")]
    Busy { seconds: u32 },
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum ReportError {
    #[error("first: {first}; {count} more")]
    Several { first: String, count: usize },
    #[error(transparent)]
    Fetch(#[from] FetchError),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Summary {
    pub good: Vec<u64>,
    pub bad: Vec<String>,
}

#[task]
pub async fn fetch(url: String) -> Result<u64, FetchError> {
    let mut dice = dice(("fetch", &url));
    match dice.roll(5) {
        0 => Err(FetchError::Gone { url }),
        1 => Err(FetchError::Busy { seconds: dice.roll(3) as u32 }),
        n => Ok(n * 10),
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Page {
    pub url: String,
    pub kind: String,
    pub fresh: bool,
}

#[task]
pub async fn fetch_page(page: Page) -> Result<u64, FetchError> {
    let mut dice = dice(("fetch_page", &page.url));
    match dice.roll(4) {
        0 => Err(FetchError::Gone { url: page.url }),
        1 => Err(FetchError::Busy { seconds: 1 }),
        n => Ok(n),
    }
}

/// What the first call gave decides the way behind the second, although more is known from the start.
#[workflow]
pub async fn fetch_twice(url: String) -> Result<u64, FetchError> {
    let page = Page { url: format!("https://{url}"), kind: "html".to_owned(), fresh: true };
    let first = fetch_page(page.clone()).await;
    let second = fetch_page(page).await;
    match (first, second) {
        (Ok(first), Ok(second)) => Ok(first.max(second)),
        (Ok(size), Err(_)) | (Err(_), Ok(size)) => Ok(size),
        (Err(error), Err(_)) => Err(error),
    }
}

#[workflow]
pub async fn summarize(urls: Vec<String>) -> Result<Summary, ReportError> {
    let mut results = vec![];
    for url in urls {
        let result = fetch(url).await;
        results.push(result.map(|size| size + 1).map_err(|error| error.to_string()));
    }
    let good: Vec<u64> = results.iter().filter_map(|result| result.clone().ok()).collect();
    let bad: Vec<String> = results.into_iter().filter_map(|result| result.err()).collect();
    match bad.first() {
        Some(first) if good.is_empty() => Err(ReportError::Several { first: first.clone(), count: bad.len() - 1 }),
        _ => Ok(Summary { good, bad }),
    }
}

#[workflow]
pub async fn second_source(first: String, second: String) -> Result<u64, ReportError> {
    let outcome = fetch(first.clone()).await;
    let size = match outcome {
        Ok(size) if size > 20 => size,
        Ok(small) => small + fetch(second).await.unwrap_or(0),
        Err(FetchError::Busy { seconds: 0 }) => fetch(first).await?,
        Err(FetchError::Busy { seconds }) => {
            sleep(std::time::Duration::from_secs(u64::from(seconds))).await;
            fetch(second).await.map(|size| size * 2)?
        }
        Err(gone) => return Err(gone.into()),
    };
    Ok(size)
}

fn pairs() -> impl Strategy<Value = serde_json::Value> {
    (words(), words()).prop_map(|(first, second)| serde_json::json!({ "first": first, "second": second }))
}

cases! {
    summarize => few(words()),
    fetch_twice => words(),
    second_source => pairs(),
}
