//! # Panics
//!
//! What panics in Rust fails the execution: `panic!`, `unreachable!` and `assert!` by a Fail state with the error `Panic`.

use stepwright::prelude::*;

#[task]
pub async fn weigh(parcel: String) -> u64 {
    parcel.chars().count() as u64
}

#[workflow]
pub async fn ship(parcel: String) -> u64 {
    let weight = weigh(parcel).await;
    assert!(weight < 10, "too heavy: {weight}");
    if weight == 0 {
        panic!("nothing to ship");
    }
    weight
}

runs! {
    ship(json!("box")) => json!(3),
    ship(json!("a very heavy box")) => fails("Panic"),
    ship(json!("")) => fails("Panic"),
}
