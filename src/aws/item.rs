//! Rust values as items of DynamoDB, and back.

use std::{collections::BTreeMap, marker::PhantomData};

use serde_json::{Map, Number, Value};
use stepwright_codegen::stage::{Builder, WorkflowValue, attribute};

use super::dynamodb::AttributeValue;
use crate::{__private::stop, Data};

/// The item that holds a struct or a map: an attribute value for each of its keys, by the type of its JSON.
///
/// A text becomes `S`, a number `N`, a `bool` `BOOL`, `None` `NULL`, a list `L`, a struct or map `M`. Lists never become sets. In a
/// workflow the type says what to write, so that enums with fields and `serde_json::Value` are refused.
///
/// # Panics
///
/// If the value is no struct and no map.
#[must_use]
pub fn item<T: Data>(value: &T) -> BTreeMap<String, AttributeValue> {
    match serde_json::to_value(value) {
        Ok(Value::Object(fields)) => attributes(fields),
        Ok(_) => stop("only a struct or a map becomes an item".to_owned()),
        Err(error) => stop(error.to_string()),
    }
}

/// The struct or map that [`item()`] made this of. Attributes that the type does not know are ignored, and sets become lists.
///
/// # Panics
///
/// If an attribute is missing or of another type. An execution of the machine fails there, or later where it reads the value.
#[must_use]
pub fn from_item<T: Data>(item: &BTreeMap<String, AttributeValue>) -> T {
    let fields = item.iter().map(|(name, value)| (name.clone(), json(value)));
    serde_json::from_value(Value::Object(fields.collect())).unwrap_or_else(|error| stop(error.to_string()))
}

fn attributes(fields: Map<String, Value>) -> BTreeMap<String, AttributeValue> {
    fields.into_iter().map(|(name, value)| (name, attribute(value))).collect()
}

fn attribute(value: Value) -> AttributeValue {
    match value {
        Value::Null => AttributeValue::NULL(true),
        Value::Bool(value) => AttributeValue::BOOL(value),
        Value::Number(number) => AttributeValue::N(text(&number)),
        Value::String(text) => AttributeValue::S(text),
        Value::Array(items) => AttributeValue::L(items.into_iter().map(attribute).collect()),
        Value::Object(fields) => AttributeValue::M(attributes(fields)),
    }
}

/// As a machine writes numbers: it does not tell `1.0` from `1`.
fn text(number: &Number) -> String {
    match number.as_f64().filter(|_| number.is_f64()) {
        Some(float) => float.to_string(),
        None => number.to_string(),
    }
}

fn json(value: &AttributeValue) -> Value {
    let number =
        |text: &String| serde_json::from_str::<Number>(text).map_or_else(|_| text.as_str().into(), Value::Number);
    match value {
        AttributeValue::NULL(_) => Value::Null,
        AttributeValue::BOOL(value) => (*value).into(),
        AttributeValue::N(text) => number(text),
        AttributeValue::S(text) | AttributeValue::B(text) => text.as_str().into(),
        AttributeValue::NS(texts) => texts.iter().map(number).collect(),
        AttributeValue::SS(texts) | AttributeValue::BS(texts) => texts.iter().map(|text| text.as_str()).collect(),
        AttributeValue::L(items) => items.iter().map(json).collect(),
        AttributeValue::M(fields) => {
            Value::Object(fields.iter().map(|(name, value)| (name.clone(), json(value))).collect())
        }
    }
}

/// What stands for the function in a workflow.
#[doc(hidden)]
#[expect(non_camel_case_types, reason = "has the name of the function that it stands for")]
#[derive(Debug)]
pub struct item {}

impl item {
    /// The staged call.
    #[track_caller]
    pub fn stage<T: Data>((_, value): (Builder, WorkflowValue<T>)) -> WorkflowValue<BTreeMap<String, AttributeValue>> {
        attribute::item(value)
    }
}

/// What stands for the function in a workflow.
#[doc(hidden)]
#[expect(non_camel_case_types, reason = "has the name of the function that it stands for")]
#[derive(Debug)]
pub struct from_item<T> {
    of: PhantomData<T>,
}

impl<T: Data> from_item<T> {
    /// The staged call.
    #[track_caller]
    pub fn stage((_, item): (Builder, WorkflowValue<BTreeMap<String, AttributeValue>>)) -> WorkflowValue<T> {
        attribute::from_item(item)
    }
}
