//! # Variables and assignments
//!
//! A variable costs nothing: it is an expression where it is read once, and an `Assign` of a state that is there anyway where it has to be kept.
//! Assignments to variables, their fields and their items are assignments of the whole variable.

use stepwright::prelude::*;

#[task]
pub async fn quote(item: String) -> u64 {
    item.chars().count() as u64 * 100
}

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub struct Offer {
    pub price: u64,
    pub notes: Vec<String>,
}

#[workflow]
pub async fn offer(item: String) -> Offer {
    let price = quote(item.clone()).await;
    let mut offer = Offer { price, notes: vec![] };
    offer.notes.push(format!("for {item}"));
    offer.price -= price / 10;
    offer
}

runs! {
    offer(json!("lamp")) => json!({ "price": 360, "notes": ["for lamp"] }),
}
