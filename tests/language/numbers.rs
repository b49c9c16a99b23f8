//! # Numbers
//!
//! Integers are exact up to 2^53, and divide as in Rust. What overflows or divides by zero fails the execution.
//! A float is written with a number of decimals, at most 8, as Rust rounds it: `{:.2}`. More than 15 digits fail the execution, and a zero has no sign.
//! Money is kept in whole cents.

use stepwright::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema, Data)]
pub struct Numbers {
    pub quotient: i64,
    pub remainder: i64,
    pub euclid: i64,
    pub power: i64,
    pub larger: i64,
    pub clamped: i64,
    pub checked: Option<u8>,
    pub saturated: u8,
    pub rounded: f64,
    pub root: f64,
    pub written: String,
    pub price: String,
}

#[workflow]
pub async fn numbers(a: i64, b: i64, x: f64) -> Numbers {
    Numbers {
        quotient: a / b,
        remainder: a % b,
        euclid: a.rem_euclid(b),
        power: b.pow(2),
        larger: a.max(b),
        clamped: a.clamp(-3, 3),
        checked: 200_u8.checked_add(b as u8),
        saturated: 200_u8.saturating_add(100),
        rounded: x.round(),
        root: x.abs().sqrt(),
        written: format!("{x:.2}"),
        price: format!("{}.{:02}", b / 100, b % 100),
    }
}

runs! {
    numbers(json!({ "a": -7, "b": 2, "x": -2.25 })) => json!({ "quotient": -3, "remainder": -1, "euclid": 1, "power": 4,
        "larger": 2, "clamped": -3, "checked": 202, "saturated": 255, "rounded": -2.0, "root": 1.5, "written": "-2.25", "price": "0.02" }),
    numbers(json!({ "a": 1, "b": 0, "x": 1.0 })) => panics(),
}
