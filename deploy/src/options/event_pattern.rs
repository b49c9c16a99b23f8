//! Which events start executions.
//!
//! Source: EventBridge User Guide, "Event patterns" and "Comparison operators for use in event patterns".

use std::fmt;

use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::{Map, Value};

use crate::nearest::instead;

/// An event pattern: for each field that matters, the list of values or comparisons of which one has to match.
///
/// ```
/// use serde_json::json;
/// use stepwright_deploy::options::EventPattern;
///
/// assert!(EventPattern::new(json!({"source": ["shop"], "detail": {"total": [{"numeric": [">", 100]}]}})).is_ok());
/// let error = EventPattern::new(json!({"source": "shop"})).unwrap_err();
/// assert_eq!(error.to_string(), "no event matches the pattern: `source` is a text: write the list `[\"shop\"]`");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct EventPattern(Value);

/// A value is no event pattern. `Display` says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoEventPattern(String);

/// The fields of all events.
const FIELDS: [&str; 10] =
    ["version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail", "replay-name"];

/// The comparisons that stand in place of a value.
const COMPARISONS: [&str; 8] =
    ["prefix", "suffix", "equals-ignore-case", "wildcard", "anything-but", "numeric", "cidr", "exists"];

/// Alternatives of fields.
const OR: &str = "$or";

impl EventPattern {
    /// The pattern that a value is.
    ///
    /// # Errors
    ///
    /// What EventBridge refuses, and fields that no event has.
    pub fn new(pattern: Value) -> Result<Self, NoEventPattern> {
        let checked = match &pattern {
            Value::Object(fields) => check_fields(fields, None),
            other => Err(format!("it is {other}, and no object")),
        };
        checked.map(|()| EventPattern(pattern)).map_err(NoEventPattern)
    }

    /// The pattern as JSON.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.0
    }
}

/// The fields of a whole event, or of something within it.
fn check_fields(fields: &Map<String, Value>, within: Option<&str>) -> Result<(), String> {
    if fields.is_empty() {
        return Err(within.map_or("it has no fields".to_owned(), |name| format!("`{name}` has no fields")));
    }
    for (name, value) in fields {
        match value {
            Value::Array(alternatives) if name == OR => {
                for one in alternatives {
                    let fields = one.as_object().ok_or_else(|| format!("`{OR}` has {one}, and no object"))?;
                    check_fields(fields, within)?;
                }
            }
            _ if within.is_none() && !FIELDS.contains(&name.as_str()) => {
                return Err(format!("events have no field `{name}`; {}", instead(name, &FIELDS)));
            }
            Value::Object(fields) => check_fields(fields, Some(name))?,
            Value::Array(values) if values.is_empty() => return Err(format!("`{name}` is an empty list")),
            Value::Array(values) => values.iter().try_for_each(|value| check_value(name, value))?,
            Value::String(_) => return Err(format!("`{name}` is a text: write the list `[{value}]`")),
            other => return Err(format!("`{name}` is {other}: write the list `[{other}]`")),
        }
    }
    Ok(())
}

/// A value, or a comparison.
fn check_value(name: &str, value: &Value) -> Result<(), String> {
    match value {
        Value::Object(comparison) => {
            let mut words = comparison.keys().map(String::as_str);
            match (words.next(), words.next()) {
                (Some(word), None) if COMPARISONS.contains(&word) => Ok(()),
                (Some(word), None) => {
                    Err(format!("`{name}` has no comparison `{word}`; {}", instead(word, &COMPARISONS)))
                }
                _ => Err(format!("`{name}` has {value}, and not one comparison")),
            }
        }
        Value::Array(_) => Err(format!("`{name}` has a list in a list")),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

impl fmt::Display for NoEventPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no event matches the pattern: {}", self.0)
    }
}

impl std::error::Error for NoEventPattern {}

impl<'de> Deserialize<'de> for EventPattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        EventPattern::new(Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn patterns_are_read() {
        for pattern in [
            json!({"source": ["shop"], "detail-type": ["order placed", "order changed"]}),
            json!({"detail": {"order": {"total": [{"numeric": [">", 0, "<=", 5]}, null]}, "gift": [true]}}),
            json!({"$or": [{"source": [{"prefix": "shop."}]}, {"detail": {"$or": [{"a": [1]}, {"b": [{"exists": false}]}]}}]}),
        ] {
            assert_eq!(EventPattern::new(pattern.clone()).as_ref().map(EventPattern::value), Ok(&pattern));
        }
    }

    #[test]
    fn what_is_none_is_told_why() {
        let told: Vec<_> = [
            json!("shop"),
            json!({}),
            json!({"detail_type": ["order placed"]}),
            json!({"detail-type": "order placed"}),
            json!({"source": []}),
            json!({"source": [["shop"]]}),
            json!({"detail": {}}),
            json!({"detail": {"total": 5}}),
            json!({"source": [{"prefx": "shop"}]}),
            json!({"source": [{"prefix": "shop", "suffix": "eu"}]}),
            json!({"$or": [{"sourec": ["shop"]}]}),
            json!({"$or": [1]}),
        ]
        .into_iter()
        .map(|pattern| EventPattern::new(pattern).unwrap_err().to_string())
        .collect();
        insta::assert_snapshot!(told.join("\n"));
    }
}
