//! Fields that change: those with other names, and those of a flattened part.

use proptest::prelude::*;
use serde_json::{Value, json};
use stepwright::prelude::*;

use crate::support::{dice, words};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Label {
    pub title: String,
    #[serde(default)]
    pub size: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Parcel {
    #[serde(alias = "id", alias = "number")]
    pub code: String,
    #[serde(flatten)]
    pub label: Label,
    #[serde(alias = "kg")]
    pub weight: u32,
}

#[task]
pub async fn code_of(title: String) -> String {
    format!("{title}{}", dice("code").roll(4))
}

#[workflow]
pub async fn relabel(parcel: Parcel) -> (Parcel, Parcel, Label) {
    let mut parcel = parcel;
    let code = code_of(parcel.label.title.clone()).await;
    parcel.code = code;
    parcel.label.size += 1;
    let heavier = Parcel { weight: parcel.weight + 1, ..parcel.clone() };
    let label = Label { title: heavier.code.clone(), ..parcel.label.clone() };
    (parcel, heavier, label)
}

fn parcels() -> impl Strategy<Value = Value> {
    let codes = prop_oneof![Just("code"), Just("id"), Just("number")];
    let weights = prop_oneof![Just("weight"), Just("kg")];
    (words(), words(), 0..9u32, codes, weights).prop_map(|(title, value, size, code, weight)| {
        let mut parcel = json!({ "title": title, "size": size });
        parcel[code] = json!(value);
        parcel[weight] = json!(size);
        parcel
    })
}

cases! { relabel => parcels() }
