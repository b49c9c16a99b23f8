//! # Calls of tasks
//!
//! A task's call that is awaited is a Task state, named after the task.
//! The payload is the only argument, or an object by the names of the parameters; an only argument that may be a text or `null` goes by its name, too, since `lambda:invoke` takes such a payload for something else.
//! What the task returns is read where it is used.
//! Doc comments become the state's `Comment`, options the fields of the same names.

use stepwright::prelude::*;

/// Charges the card.
#[task(timeout = "30s", retry(on("Lambda.TooManyRequestsException"), interval = "2s", max_attempts = 4))]
pub async fn charge(card: String, amount: u64) -> u64 {
    amount + card.chars().count() as u64
}

#[workflow]
pub async fn pay(card: String, price: u64, pieces: u64) -> u64 {
    let receipt = charge(card, price * pieces).await;
    receipt + 1
}

runs! {
    pay(json!({ "card": "c4", "price": 3, "pieces": 2 })) => json!(9),
}
