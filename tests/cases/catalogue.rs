//! Lists and maps by every means of the library, between two calls.

use std::collections::BTreeMap;

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, few, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Product {
    pub name: String,
    pub price: u32,
    pub tags: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Report {
    pub names: Vec<String>,
    pub cheapest: Option<Product>,
    pub dearest: Option<String>,
    pub by_tag: BTreeMap<String, u32>,
    pub pairs: Vec<(usize, String)>,
    pub rows: Vec<Vec<u32>>,
    pub rises: Vec<bool>,
    pub total: u32,
    pub text: String,
    pub first_dear: Option<usize>,
    pub all_tagged: bool,
}

#[task]
pub async fn price(name: String) -> u32 {
    dice(("price", name)).roll(50) as u32
}

#[workflow]
pub async fn report(products: Vec<Product>, limit: u32) -> Report {
    let mut products = products;
    products.retain(|product| !product.name.is_empty());
    products.sort_by_key(|product| product.price);
    let extra = price(products.iter().map(|product| product.name.clone()).collect::<Vec<_>>().join(",")).await;
    let mut by_tag: BTreeMap<String, u32> = BTreeMap::new();
    for product in &products {
        for tag in &product.tags {
            let known = by_tag.get(tag).copied().unwrap_or(0);
            by_tag.insert(tag.clone(), known + 1);
        }
    }
    let mut names: Vec<String> = products.iter().flat_map(|product| product.tags.clone()).collect();
    names.sort();
    names.dedup();
    let prices: Vec<u32> = products.iter().map(|product| product.price).collect();
    Report {
        names,
        cheapest: products.iter().min_by_key(|product| product.price).cloned(),
        dearest: products.iter().max_by_key(|product| product.price).map(|product| product.name.to_uppercase()),
        pairs: products.iter().map(|product| product.name.clone()).enumerate().skip(1).take(2).collect(),
        rows: prices.chunks(2).map(|row| row.to_vec()).collect(),
        rises: prices.windows(2).map(|pair| pair[0] < pair[1]).collect(),
        total: prices.iter().fold(extra, |sum, price| sum * 2 % 1000 + price),
        text: products
            .iter()
            .rev()
            .map(|product| format!("{:>6}:{:<4}|", product.name, product.price))
            .collect::<Vec<_>>()
            .concat(),
        first_dear: prices.iter().position(|price| *price > limit),
        all_tagged: products
            .iter()
            .all(|product| product.tags.iter().any(|tag| tag.chars().count() == 1 || tag.contains('a'))),
        by_tag,
    }
}

fn stocks() -> impl Strategy<Value = serde_json::Value> {
    let product = (words(), 0..60u32, few("[abc]{0,2}")).prop_map(|(name, price, tags)| Product { name, price, tags });
    (few(product), 0..60u32).prop_map(|(products, limit)| serde_json::json!({ "products": products, "limit": limit }))
}

cases! { report => stocks() }
