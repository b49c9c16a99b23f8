//! Text work: splitting, trimming, parsing, replacing, padding.

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Entry {
    pub key: String,
    pub value: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum ParseError {
    #[error("line {line}: {text:?} is no entry")]
    NoEntry { line: usize, text: String },
    #[error("empty")]
    Empty,
}

#[task]
pub async fn load(name: String) -> String {
    let mut dice = dice(("load", &name));
    let lines: Vec<String> = (0..dice.roll(4))
        .map(|n| match dice.roll(5) {
            0 => format!(" {}=  {}", dice.word(), n),
            1 => format!("# {name}"),
            2 => format!("key{n}=-{}", dice.roll(100)),
            3 => format!("k={}=x", dice.word()),
            _ => dice.word(),
        })
        .collect();
    lines.join("\n")
}

#[workflow]
pub async fn parse(name: String, strict: bool) -> Result<Vec<Entry>, ParseError> {
    let text = load(format!("{}.ini", name.trim().to_lowercase())).await;
    if text.trim().is_empty() {
        return Err(ParseError::Empty);
    }
    let mut entries = vec![];
    for (index, line) in text.split('\n').enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let parts: Vec<&str> = line.split("=").collect();
        if parts.len() != 2 {
            if strict {
                return Err(ParseError::NoEntry { line: index + 1, text: line.to_string() });
            }
            continue;
        }
        let value = parts[1].trim().parse::<i64>().ok();
        entries.push(Entry { key: parts[0].trim().replace("key", "k-"), value });
    }
    Ok(entries)
}

#[workflow]
pub async fn shape(text: String) -> (String, usize, Option<String>, String) {
    let loaded = load(text.clone()).await;
    let short = loaded.strip_prefix("#").map(|rest| rest.trim().to_string());
    let count = text.chars().count();
    let words = text.split(' ').filter(|word| !word.is_empty()).map(|word| word.to_uppercase()).collect::<Vec<_>>();
    (format!("[{:^9}] {text:>4} {:<3}", words.join("_"), count), count, short, text.replace('a', "{a}") + "." + &loaded)
}

/// Sums within texts.
#[workflow]
pub async fn sums(count: i64) -> String {
    let text = load(format!("at {}", count + 1)).await;
    format!("{}: {}/{}", count - 2, text, 3 - count * 2) + &(count + 7).to_string()
}

fn inputs() -> impl Strategy<Value = serde_json::Value> {
    (words(), any::<bool>()).prop_map(|(name, strict)| serde_json::json!({ "name": name, "strict": strict }))
}

cases! { parse => inputs(), shape => words(), sums => -9..9i64 }
