//! Statuses of HTTP, told by the names of errors.

use proptest::prelude::*;
use stepwright::{aws::http::InvokeError, prelude::*};

use crate::support::{dice, words};

#[task]
pub async fn request(path: String) -> Result<u32, InvokeError> {
    let mut dice = dice(("request", &path));
    let status = |status| Err(InvokeError::from_status(status, path.clone()));
    let other = |name: &str| Err(InvokeError::Other { name: name.to_owned(), cause: path.clone() });
    match dice.roll(10) {
        0 => status(404),
        1 => status(429),
        2 => status(503),
        3 => other("States.Http.Socket"),
        4 => other("States.Http.StatusCode.4040"),
        5 => other("States.Http.StatusCode."),
        6 => Err(InvokeError::SdkClient(path)),
        n => Ok(n as u32),
    }
}

/// A status decides what becomes of an error.
#[workflow]
pub async fn request_any(path: String, mirror: String) -> Result<Option<u32>, InvokeError> {
    match request(path).await {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.status() == Some(404) => Ok(None),
        Err(error) => match error.status() {
            Some(429) => Ok(Some(0)),
            Some(status) if status >= 500 => Ok(Some(request(mirror).await? + u32::from(status))),
            Some(_) | None => Err(error),
        },
    }
}

/// The status itself, which not every error has.
#[workflow]
pub async fn statuses(paths: Vec<String>) -> Vec<(bool, Option<u16>, String)> {
    let mut told = Vec::new();
    for path in paths {
        let status = request(path).await.err().and_then(|error| error.status());
        told.push((
            status.is_some_and(|status| status < 500),
            status,
            status.map_or("none".to_owned(), |n| n.to_string()),
        ));
    }
    told
}

fn paths() -> impl Strategy<Value = serde_json::Value> {
    (words(), words()).prop_map(|(path, mirror)| serde_json::json!({ "path": path, "mirror": mirror }))
}

cases! { request_any => paths(), statuses => crate::support::few(words()) }
