//! # Loops with calls
//!
//! A loop is a Choice at its head and the states of its body. `break`, `continue`, labels and values of loops are transitions.
//! What the loop carries is assigned on them.

use stepwright::prelude::*;

#[task]
pub async fn fetch(page: u32) -> Vec<String> {
    if page < 3 { vec![format!("row {page}")] } else { vec![] }
}

#[workflow]
pub async fn rows(limit: usize) -> Vec<String> {
    let mut rows = vec![];
    let mut page = 0;
    loop {
        let fetched = fetch(page).await;
        if fetched.is_empty() || rows.len() >= limit {
            break rows;
        }
        rows.extend(fetched);
        page += 1;
    }
}

runs! {
    rows(json!(10)) => json!(["row 0", "row 1", "row 2"]),
    rows(json!(1)) => json!(["row 0"]),
}
