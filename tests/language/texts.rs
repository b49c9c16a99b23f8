//! # Methods of texts
//!
//! Characters are Unicode scalar values, as in Rust. `len` would count bytes, which a state machine cannot: it is refused.

use stepwright::prelude::*;

#[derive(Serialize, Deserialize, JsonSchema, Data)]
pub struct Texts {
    pub upper: String,
    pub trimmed: String,
    pub first_word: String,
    pub words: Vec<String>,
    pub joined: String,
    pub replaced: String,
    pub without_prefix: Option<String>,
    pub characters: usize,
    pub number: Option<u32>,
    pub padded: String,
}

#[workflow]
pub async fn texts(text: String, n: u32) -> Texts {
    Texts {
        upper: text.to_uppercase(),
        trimmed: text.trim().to_owned(),
        first_word: text.split(' ').next().unwrap_or_default().to_string(),
        words: text.split(' ').map(|word| word.to_string()).collect(),
        joined: [text.clone(), n.to_string()].join("-"),
        replaced: text.replace('a', "b"),
        without_prefix: text.strip_prefix("a").map(|rest| rest.to_string()),
        characters: text.chars().count(),
        number: text.parse().ok(),
        padded: format!("{text:_>5}|{n:03}"),
    }
}

runs! {
    texts(json!({ "text": "a é", "n": 7 })) => json!({ "upper": "A É", "trimmed": "a é", "first_word": "a",
        "words": ["a", "é"], "joined": "a é-7", "replaced": "b é", "without_prefix": " é", "characters": 3, "number": null,
        "padded": "__a é|007" }),
}
