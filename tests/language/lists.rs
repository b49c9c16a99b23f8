//! # Methods of lists
//!
//! An index out of range fails the execution, as it panics in Rust.

use stepwright::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema, Data)]
pub struct Lists {
    pub length: usize,
    pub second: u32,
    pub last: Option<u32>,
    pub contains: bool,
    pub sorted: Vec<u32>,
    pub middle: Vec<u32>,
    pub pairs: Vec<Vec<u32>>,
    pub zeros: Vec<u32>,
}

#[workflow]
pub async fn lists(list: Vec<u32>) -> Lists {
    let mut sorted = list.clone();
    sorted.sort();
    sorted.dedup();
    sorted.insert(0, 9);
    Lists {
        length: list.len(),
        second: list[1],
        last: list.last().copied(),
        contains: list.contains(&3),
        sorted,
        middle: list[1..list.len() - 1].to_vec(),
        pairs: list.chunks(2).map(|pair| pair.to_vec()).collect(),
        zeros: list.iter().filter(|n| **n == 0).copied().collect(),
    }
}

runs! {
    lists(json!([3, 1, 3])) => json!({ "length": 3, "second": 1, "last": 3, "contains": true, "sorted": [9, 1, 3],
        "middle": [1], "pairs": [[3, 1], [3]], "zeros": [] }),
    lists(json!([3])) => panics(),
}
