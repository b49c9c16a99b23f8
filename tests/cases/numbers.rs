//! Integers and floats mean what they mean in Rust.

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::dice;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Numbers {
    pub quotient: i64,
    pub remainder: i64,
    pub checked: Option<u8>,
    pub saturated: u8,
    pub cast: i32,
    pub root: f64,
    pub powers: Vec<u32>,
    pub text: String,
    pub compared: bool,
}

#[task]
pub async fn scale(value: f64, by: i64) -> f64 {
    let factor = dice(("scale", by)).roll(8) as f64 / 4.0;
    value * factor
}

#[workflow]
pub async fn compute(a: i64, b: i64, small: u8, float: f64) -> Numbers {
    let scaled = scale(float, a).await;
    let quotient = if b == 0 { 0 } else { a / b };
    let remainder = if b == 0 { 0 } else { a % b };
    let powers: Vec<u32> = (0..u32::from(small % 5)).map(|n| 2u32.pow(n) + n).collect();
    Numbers {
        quotient,
        remainder,
        checked: small.checked_add(100),
        saturated: small.saturating_sub(50),
        cast: scaled as i32 + (a as f64 / 3.0).floor() as i32,
        root: scaled.abs().sqrt(),
        powers,
        text: format!("{a:+} {b:05} {:>3}|{}", small, a.abs().min(b.pow(2))),
        compared: scaled > float && a.rem_euclid(7) >= b.signum(),
    }
}

fn inputs() -> impl Strategy<Value = serde_json::Value> {
    (-999..999i64, -9..9i64, any::<u8>(), -800..800i32).prop_map(
        |(a, b, small, float)| serde_json::json!({ "a": a, "b": b, "small": small, "float": f64::from(float) / 8.0 }),
    )
}

cases! { compute => inputs() }
