//! # `if`
//!
//! Where its branches only compute, `if` is a conditional expression. Where they call tasks, it is a Choice state.

use stepwright::prelude::*;

#[task]
pub async fn gift_wrap(order: u64) -> String {
    format!("wrapped {order}")
}

#[workflow]
pub async fn pack(order: u64, gift: bool) -> String {
    let fee = if gift { 5 } else { 0 };
    if gift {
        let parcel = gift_wrap(order).await;
        format!("{parcel}, fee {fee}")
    } else {
        format!("plain {order}")
    }
}

runs! {
    pack(json!({ "order": 7, "gift": true })) => json!("wrapped 7, fee 5"),
    pack(json!({ "order": 7, "gift": false })) => json!("plain 7"),
}
