//! # Loops without calls
//!
//! A loop that only computes is one expression, whatever it does inside; it takes no transition of its own.

use stepwright::prelude::*;

#[workflow]
pub async fn table(rows: Vec<String>, columns: Vec<String>) -> String {
    let mut text = String::new();
    for row in rows {
        for column in columns.clone() {
            if column == row {
                continue;
            }
            text = format!("{text}{row}{column} ");
        }
    }
    text
}

runs! {
    table(json!({ "rows": ["a", "b"], "columns": ["a", "b", "c"] })) => json!("ab ac ba bc "),
}
