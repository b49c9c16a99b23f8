//! # Iterators and closures
//!
//! Chains of adapters are expressions, closures the functions in them.

use stepwright::prelude::*;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub struct Line {
    pub item: String,
    pub price: u64,
    pub pieces: u64,
}

#[derive(Serialize, Deserialize, JsonSchema, Data)]
pub struct Summary {
    pub total: u64,
    pub dearest: Option<String>,
    pub many: Vec<String>,
    pub numbered: Vec<(usize, String)>,
}

#[workflow]
pub async fn summary(lines: Vec<Line>) -> Summary {
    Summary {
        total: lines.iter().map(|line| line.price * line.pieces).sum(),
        dearest: lines.iter().max_by_key(|line| line.price).map(|line| line.item.clone()),
        many: lines.iter().filter(|line| line.pieces > 1).map(|line| line.item.clone()).collect(),
        numbered: lines.into_iter().enumerate().map(|(index, line)| (index, line.item)).collect(),
    }
}

runs! {
    summary(json!([{ "item": "a", "price": 3, "pieces": 2 }, { "item": "b", "price": 5, "pieces": 1 }])) =>
        json!({ "total": 11, "dearest": "b", "many": ["a"], "numbered": [[0, "a"], [1, "b"]] }),
}
