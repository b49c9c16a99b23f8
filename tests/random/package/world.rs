//! What random programs are made from: types, tasks that may fail, and inputs.

use std::collections::BTreeMap;

use proptest::{option, prelude::*};
use serde_json::{Value, from_value, json, to_value};
use stepwright::prelude::*;

use crate::support::{dice, few, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    pub item_name: String,
    #[serde(alias = "cost")]
    pub price: i64,
    #[serde(rename = "qty")]
    pub quantity: u32,
    pub note: Option<String>,
    #[serde(default)]
    pub tags: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub enum Status {
    Open,
    #[serde(rename = "held")]
    Held(i64),
    Closed {
        reason: String,
        code: i64,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Shape {
    Point,
    Circle { radius: i64 },
    Box { width: i64, height: i64 },
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum Fault {
    #[error("busy")]
    Busy,
    #[error("denied with {code}")]
    Denied { code: i64 },
    #[error("broken: {0}")]
    Broken(String),
}

#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum AppError {
    #[error("fault: {0}")]
    Fault(#[from] Fault),
    #[error("wrong: {0}")]
    Wrong(i64),
}

/// One of the faults.
macro_rules! fault {
    ($dice:ident) => {
        match $dice.roll(3) {
            0 => Fault::Busy,
            1 => Fault::Denied { code: $dice.roll(5) as i64 },
            _ => Fault::Broken($dice.word()),
        }
    };
}

#[task]
pub async fn count(of: i64) -> i64 {
    dice(("count", of)).roll(7) as i64 - 2
}

#[task]
pub async fn note(text: String, of: i64) {
    let _ = (text, of);
}

#[task]
pub async fn fetch(key: i64) -> Result<i64, Fault> {
    let mut dice = dice(("fetch", key));
    if dice.one_in(3) { Err(fault!(dice)) } else { Ok(dice.roll(6) as i64) }
}

#[task(retry(on(Fault::Busy), max_attempts = 1, interval = 1))]
pub async fn name(of: String, number: i64) -> Result<String, Fault> {
    let mut dice = dice(("name", &of, number));
    if dice.one_in(4) { Err(fault!(dice)) } else { Ok(dice.word()) }
}

#[task]
pub async fn find(key: i64) -> Option<i64> {
    let mut dice = dice(("find", key));
    (!dice.one_in(3)).then(|| dice.roll(5) as i64)
}

#[task]
pub async fn numbers(below: i64) -> Vec<i64> {
    let mut dice = dice(("numbers", below));
    (0..dice.roll(4)).map(|_| dice.roll(9) as i64 - 4).collect()
}

#[task]
pub async fn status(of: i64) -> Status {
    let mut dice = dice(("status", of));
    match dice.roll(3) {
        0 => Status::Open,
        1 => Status::Held(dice.roll(3) as i64),
        _ => Status::Closed { reason: dice.word(), code: dice.roll(4) as i64 },
    }
}

/// A task for each type, which shows what came of an expression.
macro_rules! shows {
    ($($task:ident: $of:ty,)+) => {
        $(#[task]
        pub async fn $task(value: $of) {
            let _ = value;
        })+

        /// The arguments of a call, read as the task reads them.
        pub fn meant(task: &str, arguments: &Value) -> Value {
            let again = match task {
                $(stringify!($task) => from_value::<$of>(arguments.clone()).and_then(to_value),)+
                _ => Ok(arguments.clone()),
            };
            again.unwrap_or_else(|error| json!(error.to_string()))
        }
    };
}

shows! {
    show_int: i64,
    show_small: u32,
    show_bool: bool,
    show_text: String,
    show_maybeint: Option<i64>,
    show_maybetext: Option<String>,
    show_ints: Vec<i64>,
    show_texts: Vec<String>,
    show_item: Item,
    show_items: Vec<Item>,
    show_status: Status,
    show_shape: Shape,
    show_pair: (i64, String),
    show_map: BTreeMap<String, i64>,
}

#[pure]
pub fn twice(number: i64) -> i64 {
    number * 2
}

#[pure]
pub fn label(item: &Item, number: i64) -> String {
    if number > 3 {
        return format!("{}!", item.item_name);
    }
    match &item.note {
        Some(note) => note.clone(),
        None => format!("{number}"),
    }
}

#[pure]
impl Item {
    pub fn total(&self) -> i64 {
        self.price * i64::from(self.quantity)
    }
}

fn item() -> impl Strategy<Value = Value> {
    (words(), -5..20i64, 0..4u32, option::of(words()), option::of(few(words())), any::<bool>()).prop_map(
        |(name, price, quantity, note, tags, old)| {
            let mut item = json!({ "itemName": name, "qty": quantity });
            item[if old { "cost" } else { "price" }] = price.into();
            if note.is_some() || price % 2 == 0 {
                item["note"] = json!(note);
            }
            if let Some(tags) = tags {
                item["tags"] = json!(tags);
            }
            item
        },
    )
}

/// The input of every program.
pub fn inputs() -> impl Strategy<Value = Value> {
    let maps = few(("[a-d]", -3..9i64)).prop_map(|pairs| pairs.into_iter().collect::<BTreeMap<_, _>>());
    let shapes = prop_oneof![
        Just(Shape::Point),
        (-2..5i64).prop_map(|radius| Shape::Circle { radius }),
        (0..4i64, 0..4i64).prop_map(|(width, height)| Shape::Box { width, height }),
    ];
    (-9..12i64, words(), few(-6..9i64), option::of(-3..5i64), few(item()), maps, shapes).prop_map(
        |(n, t, xs, o, items, m, g)| json!({ "n": n, "t": t, "xs": xs, "o": o, "items": items, "m": m, "g": g }),
    )
}
