//! Enums in each of serde's representations: looked into, made, and passed on.

use proptest::prelude::*;
use stepwright::prelude::*;

use crate::support::{dice, few, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(rename_all = "snake_case")]
pub enum External {
    Nothing,
    One(u32),
    Two(String, bool),
    Named { first_name: String, age: Option<u8> },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum Internal {
    Nothing,
    Named {
        first_name: String,
        age: u8,
    },
    #[serde(rename = "inner")]
    Wrapped(Inner),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Inner {
    pub size: i64,
    #[serde(default)]
    pub labels: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(tag = "t", content = "c")]
pub enum Adjacent {
    Nothing,
    One(Inner),
    Two(u8, u8),
    Named { x: i32 },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
#[serde(untagged)]
pub enum Untagged {
    Flag(bool),
    Number(i64),
    Text(String),
    Many(Vec<i64>),
    Named { first: String },
}

#[task]
pub async fn external(value: External) -> Internal {
    let mut dice = dice(("external", value));
    match dice.roll(3) {
        0 => Internal::Nothing,
        1 => Internal::Named { first_name: dice.word(), age: dice.roll(99) as u8 },
        _ => Internal::Wrapped(Inner { size: dice.roll(9) as i64 - 4, labels: vec![dice.word()] }),
    }
}

#[task]
pub async fn adjacent(value: Adjacent) -> Untagged {
    let mut dice = dice(("adjacent", value));
    match dice.roll(5) {
        0 => Untagged::Flag(dice.one_in(2)),
        1 => Untagged::Number(dice.roll(9) as i64 - 4),
        2 => Untagged::Text(dice.word()),
        3 => Untagged::Many((0..dice.roll(4)).map(|n| n as i64).collect()),
        _ => Untagged::Named { first: dice.word() },
    }
}

#[workflow]
pub async fn from_external(value: External) -> (String, Adjacent) {
    let described = match &value {
        External::Nothing => "nothing".to_string(),
        External::One(0) => "zero".to_string(),
        External::One(n) => format!("one {n}"),
        External::Two(text, true) => format!("two {text}!"),
        External::Two(text, _) => format!("two {text}"),
        External::Named { first_name, age: Some(age @ 18..) } => format!("{first_name} at {age}"),
        External::Named { first_name, .. } => format!("young {first_name}"),
    };
    let made = match external(value).await {
        Internal::Nothing => Adjacent::Nothing,
        Internal::Named { age, .. } if age % 2 == 0 => Adjacent::Two(age, age / 2),
        Internal::Named { first_name, age } => {
            Adjacent::One(Inner { size: i64::from(age), labels: vec![first_name, "made".to_string()] })
        }
        Internal::Wrapped(inner) if inner.labels.contains(&"ash".to_string()) => {
            Adjacent::One(Inner { size: inner.size, labels: inner.labels })
        }
        Internal::Wrapped(Inner { size, .. }) => Adjacent::Named { x: size as i32 },
    };
    (described, made)
}

#[workflow]
pub async fn from_untagged(values: Vec<Untagged>) -> Vec<External> {
    values
        .into_iter()
        .map(|value| match value {
            Untagged::Flag(true) => External::One(1),
            Untagged::Flag(false) => External::Nothing,
            Untagged::Number(n) => External::Two(n.to_string(), n > 0),
            Untagged::Text(text) => External::Named { first_name: text, age: None },
            Untagged::Many(many) => External::One(many.len() as u32),
            Untagged::Named { first } => External::Named { first_name: first.to_uppercase(), age: Some(1) },
        })
        .collect()
}

#[workflow]
pub async fn from_adjacent(value: Adjacent) -> Internal {
    let name = match adjacent(value.clone()).await {
        Untagged::Text(text) if text.is_empty() => "empty".to_string(),
        Untagged::Text(text) | Untagged::Named { first: text } => text,
        Untagged::Flag(_) | Untagged::Many(_) => return Internal::Nothing,
        Untagged::Number(size) => return Internal::Wrapped(Inner { size, labels: vec![] }),
    };
    match value {
        Adjacent::One(inner) => Internal::Wrapped(Inner { labels: vec![name], ..inner }),
        Adjacent::Two(age, other) => Internal::Named { first_name: name, age: age.max(other) },
        Adjacent::Named { x: -5..=5 } => Internal::Named { first_name: name, age: 5 },
        Adjacent::Named { .. } | Adjacent::Nothing => Internal::Nothing,
    }
}

fn externals() -> impl Strategy<Value = External> {
    prop_oneof![
        Just(External::Nothing),
        (0..3u32).prop_map(External::One),
        (words(), any::<bool>()).prop_map(|(text, flag)| External::Two(text, flag)),
        (words(), proptest::option::of(10..30u8)).prop_map(|(first_name, age)| External::Named { first_name, age }),
    ]
}

fn untagged() -> impl Strategy<Value = Untagged> {
    prop_oneof![
        any::<bool>().prop_map(Untagged::Flag),
        (-9..9i64).prop_map(Untagged::Number),
        words().prop_map(Untagged::Text),
        few(-9..9i64).prop_map(Untagged::Many),
        words().prop_map(|first| Untagged::Named { first }),
    ]
}

fn adjacents() -> impl Strategy<Value = Adjacent> {
    prop_oneof![
        Just(Adjacent::Nothing),
        (-9..9i64, few(words())).prop_map(|(size, labels)| Adjacent::One(Inner { size, labels })),
        any::<(u8, u8)>().prop_map(|(a, b)| Adjacent::Two(a, b)),
        (-9..9i32).prop_map(|x| Adjacent::Named { x }),
    ]
}

cases! { from_external => externals(), from_untagged => few(untagged()), from_adjacent => adjacents() }
