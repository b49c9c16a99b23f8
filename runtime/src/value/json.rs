//! Between values and plain JSON.

use std::fmt;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value as Json;

use super::{DEEPEST, Value};

impl Value {
    /// The value as plain JSON, for what leaves the interpreter.
    pub(crate) fn to_json(&self) -> Json {
        match self {
            Value::Null => Json::Null,
            Value::Bool(flag) => Json::Bool(*flag),
            Value::Number(number) => Json::Number(number.clone()),
            Value::String(text) => Json::String(text.to_string()),
            Value::Array(array) => Json::Array(array.items.iter().map(Value::to_json).collect()),
            Value::Object(object) => {
                Json::Object(object.fields.iter().map(|(name, value)| (name.to_string(), value.to_json())).collect())
            }
        }
    }
}

impl From<Json> for Value {
    fn from(json: Json) -> Value {
        match json {
            Json::Null => Value::Null,
            Json::Bool(flag) => Value::Bool(flag),
            Json::Number(number) => Value::Number(number),
            Json::String(text) => Value::string(text),
            Json::Array(items) => Value::array(items.into_iter().map(Value::from).collect()),
            Json::Object(fields) => {
                Value::object(fields.into_iter().map(|(name, value)| (Arc::from(name), Value::from(value))).collect())
            }
        }
    }
}

impl From<&Json> for Value {
    fn from(json: &Json) -> Value {
        match json {
            Json::Null => Value::Null,
            Json::Bool(flag) => Value::Bool(*flag),
            Json::Number(number) => Value::Number(number.clone()),
            Json::String(text) => Value::string(text.as_str()),
            Json::Array(items) => Value::array(items.iter().map(Value::from).collect()),
            Json::Object(fields) => {
                Value::object(fields.iter().map(|(name, value)| (Arc::from(name.as_str()), value.into())).collect())
            }
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            Value::Number(number) => number.serialize(serializer),
            Value::String(text) => serializer.serialize_str(text),
            Value::Array(array) => serializer.collect_seq(&array.items),
            Value::Object(object) => {
                let mut map = serializer.serialize_map(Some(object.fields.len()))?;
                for (name, value) in object.fields.iter() {
                    map.serialize_entry(name.as_ref(), value)?;
                }
                map.end()
            }
        }
    }
}

/// Writes compact JSON.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

/// Whether JSON from outside is deeper than values may be.
pub(crate) fn is_too_deep(json: &Json) -> bool {
    let mut level: Vec<&Json> = vec![json];
    for _ in 0..=DEEPEST {
        let inner = level.iter().flat_map(|json| {
            let items = json.as_array().into_iter().flatten();
            items.chain(json.as_object().into_iter().flat_map(serde_json::Map::values))
        });
        level = inner.collect();
        if level.is_empty() {
            return false;
        }
    }
    true
}
