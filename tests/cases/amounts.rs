//! Amounts of money in texts: floats with decimals, as Rust rounds them, and whole cents.

use proptest::{collection::vec, prelude::*};
use stepwright::prelude::*;

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum AmountError {
    #[error("{amount:.2} of {limit:>8.1}")]
    TooMuch { amount: f64, limit: f64 },
}

#[workflow]
pub async fn written(amounts: Vec<f64>) -> Vec<String> {
    let columns = amounts.iter().map(|amount| format!("{amount:+.1}|{amount:09.2}|{amount:^12.3}|{amount:<12.4}|"));
    let rounded = amounts.iter().map(|amount| format!("{:.0} {:.2} {:.5} {:.8}", amount, amount, amount, amount));
    columns.chain(rounded).collect()
}

#[workflow]
pub async fn statement(cents: i64, sent: f64) -> String {
    let told = AmountError::TooMuch { amount: sent, limit: sent * 3.0 }.to_string();
    let sign = if cents < 0 { "-" } else { "" };
    let booked = format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100);
    format!("{booked} after {sent:>10.2}, {told}, {told:.3}|{sign:>5.1}")
}

/// Floats that Rust and decimal arithmetic round differently: ties, what is next to one, and prices.
fn amounts() -> impl Strategy<Value = f64> {
    let near_tie = (0..10_000_000_u32, 0..9_i32, -2..3_i64).prop_map(|(count, decimals, steps)| {
        let tie = (f64::from(count) + 0.5) / 10_f64.powi(decimals);
        f64::from_bits((tie.to_bits() as i64 + steps) as u64)
    });
    let amount = prop_oneof![
        near_tie,
        (0..1_000_000_u32, 0..20_i32).prop_map(|(count, bits)| f64::from(count) / 2_f64.powi(bits)),
        (0..1_000_000_u32).prop_map(|mills| f64::from(mills) / 1000.0),
        0.0..9_999_999.0,
        0.0..1e-6,
    ];
    // A machine knows no negative zero.
    (amount, any::<bool>()).prop_map(|(amount, negative)| if negative && amount != 0.0 { -amount } else { amount })
}

fn statements() -> impl Strategy<Value = serde_json::Value> {
    (-99_999..99_999_i64, amounts()).prop_map(|(cents, sent)| serde_json::json!({ "cents": cents, "sent": sent }))
}

cases! { written => vec(amounts(), 0..6), statement => statements() }
