//! `#[pure]` functions, methods and associated functions; constants; whole and broken numbers.

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, few};

const RATES: [u32; 3] = [0, 7, 19];
const FREE_ABOVE: i64 = 5_000;

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Price {
    pub cents: i64,
    pub rate: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Invoice {
    pub net: i64,
    pub tax: i64,
    pub shipping: i64,
    pub average: f64,
    pub rounded: i64,
    pub parts: (i64, i64, i64),
}

#[pure]
impl Price {
    const MOST: i64 = 4_000;

    pub fn new(cents: i64, rate: usize) -> Self {
        Price { cents: cents.clamp(-Self::MOST, Self::MOST), rate: rate % RATES.len() }
    }

    pub fn tax(&self) -> i64 {
        self.cents * i64::from(RATES[self.rate]) / 100
    }

    pub fn plus(self, more: i64) -> Price {
        Price { cents: self.cents + more, ..self }
    }
}

#[pure]
pub fn shipping(net: i64, express: bool) -> i64 {
    let base = match net {
        ..=0 => return 0,
        1..=999 => 490,
        FREE_ABOVE.. => 0,
        _ => 290,
    };
    if express { base * 2 + 100 } else { base }
}

#[task]
pub async fn quote(prices: Vec<Price>) -> Vec<i64> {
    let mut dice = dice(("quote", &prices));
    prices.iter().map(|_| dice.roll(50) as i64 - 20).collect()
}

#[workflow]
pub async fn invoice(cents: Vec<i64>, express: bool) -> Invoice {
    let prices: Vec<Price> = cents.iter().enumerate().map(|(rate, cents)| Price::new(*cents, rate)).collect();
    let changes = quote(prices.clone()).await;
    let prices: Vec<Price> = prices.into_iter().zip(changes).map(|(price, change)| price.plus(change)).collect();
    let net: i64 = prices.iter().map(|price| price.cents).sum();
    let tax: i64 = prices.iter().map(Price::tax).sum();
    let count = prices.len().max(1) as f64;
    let average = net as f64 / count;
    Invoice {
        net,
        tax,
        shipping: shipping(net, express),
        average,
        rounded: average.round() as i64,
        parts: (net / 7, net % 7, net.rem_euclid(7)),
    }
}

fn baskets() -> impl Strategy<Value = serde_json::Value> {
    (few(-6000..6000i64), any::<bool>())
        .prop_map(|(cents, express)| serde_json::json!({ "cents": cents, "express": express }))
}

cases! { invoice => baskets() }
