//! An order: arithmetic, a typed error in a `match`, `?` with a conversion, a fan-out inside a parallel block.

use std::time::Duration;

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, few, words};

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    pub order_id: String,
    pub lines: Vec<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gift_note: Option<String>,
    #[serde(flatten)]
    pub buyer: Buyer,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema, Data)]
pub struct Line {
    pub sku: String,
    pub count: u32,
    pub cents: u32,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema, Data)]
pub struct Buyer {
    #[serde(alias = "user")]
    pub email: String,
    #[serde(default)]
    pub vip: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "kebab-case")]
pub struct Shipment {
    pub order_id: String,
    pub parcels: Vec<String>,
    pub label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    pub paid: u32,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum PaymentError {
    #[error("declined: {code} ({attempts_left} left)")]
    Declined { code: String, attempts_left: u8 },
    #[error("the gateway is down")]
    Gateway,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum PackError {
    #[error("{0} is out of stock")]
    OutOfStock(String),
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum OrderError {
    #[error("nothing to ship")]
    Empty,
    #[error("payment: {reason}")]
    Payment { reason: String },
    #[error("packing: {0}")]
    Packing(#[from] PackError),
}

#[task(retry(on(PaymentError::Gateway), interval = "2s", backoff = 2.0, max_attempts = 2))]
pub async fn charge(email: String, cents: u32) -> Result<u32, PaymentError> {
    let mut dice = dice(("charge", &email, cents));
    match dice.roll(5) {
        0 => Err(PaymentError::Declined { code: dice.word(), attempts_left: dice.roll(3) as u8 }),
        1 | 2 => Err(PaymentError::Gateway),
        _ => Ok(cents),
    }
}

#[task]
pub async fn pick(line: Line) -> String {
    format!("{}*{}", line.count, line.sku)
}

#[task]
pub async fn pack(picked: Vec<String>) -> Result<Vec<String>, PackError> {
    let mut dice = dice(("pack", &picked));
    if dice.one_in(4) { Err(PackError::OutOfStock(dice.word())) } else { Ok(picked) }
}

#[task]
pub async fn label(order_id: String, email: String) -> String {
    format!("{order_id}@{email}")
}

#[task]
pub async fn refund(email: String, cents: u32) {
    let _ = (email, cents);
}

const VIP_PERCENT: u32 = 90;

#[workflow]
pub async fn ship(order: Order) -> Result<Shipment, OrderError> {
    let mut cents: u32 = order.lines.iter().map(|line| line.count * line.cents).sum();
    if cents == 0 {
        return Err(OrderError::Empty);
    }
    if order.buyer.vip {
        cents = cents * VIP_PERCENT / 100;
    }
    let paid = match charge(order.buyer.email.clone(), cents).await {
        Ok(paid) => paid,
        Err(PaymentError::Declined { code, attempts_left }) if attempts_left > 0 => {
            return Err(OrderError::Payment { reason: format!("{code}, {attempts_left} attempts left") });
        }
        Err(other) => return Err(OrderError::Payment { reason: other.to_string() }),
    };
    let (label, packed) = join!(label(order.order_id.clone(), order.buyer.email.clone()), async {
        let picked = map(order.lines.clone(), async |line| pick(line).await).max_concurrency(2).await;
        pack(picked).await
    });
    if packed.is_err() {
        refund(order.buyer.email.clone(), paid).await;
    }
    let parcels = packed?;
    sleep(Duration::from_secs(60)).await;
    Ok(Shipment { order_id: order.order_id, parcels, label, note: order.gift_note, paid })
}

fn orders() -> impl Strategy<Value = serde_json::Value> {
    let lines = few((words(), 0..5u32, 0..400u32).prop_map(|(sku, count, cents)| Line { sku, count, cents }));
    (words(), lines, proptest::option::of(words()), words(), any::<(bool, bool)>()).prop_map(
        |(order_id, lines, note, email, (vip, alias))| {
            let mut order =
                serde_json::json!({ "orderId": order_id, "lines": lines, if alias { "user" } else { "email" }: email });
            if let Some(note) = note {
                order["giftNote"] = note.into();
            }
            if vip {
                order["vip"] = true.into();
            }
            order
        },
    )
}

cases! { ship => orders() }
