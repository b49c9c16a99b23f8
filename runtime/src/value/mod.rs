//! The value that flows between states: JSON whose containers and strings are shared.
//!
//! A clone is a reference count, so handing a state's input to the next state, to a branch or to an event of the history
//! costs the same for one byte as for 200 KiB. Every container knows the length of its own JSON text, which makes
//! the payload limit a comparison instead of a walk.
//!
//! Values are `Send` and `Sync`; the query engines convert at their border.

mod json;
mod size;

use std::cmp::Ordering;
use std::sync::{Arc, LazyLock};

use serde_json::Number;

pub(crate) use self::json::is_too_deep;
use self::size::{Size, number_len, text_len};
pub(crate) use crate::fields::Fields;

/// A shared JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Number(Number),
    String(Arc<str>),
    Array(Arc<Array>),
    Object(Arc<Object>),
}

/// The items of an array, with its measures.
#[derive(Debug)]
pub(crate) struct Array {
    items: Vec<Value>,
    size: Size,
}

/// The fields of an object, with its measures.
#[derive(Debug)]
pub(crate) struct Object {
    fields: Fields,
    size: Size,
}

impl Value {
    pub(crate) fn string(text: impl Into<Arc<str>>) -> Value {
        Value::String(text.into())
    }

    pub(crate) fn array(items: Vec<Value>) -> Value {
        let size = Size::of(items.iter().map(|item| (0, item)));
        Value::Array(Arc::new(Array { items, size }))
    }

    pub(crate) fn object(fields: Fields) -> Value {
        let size = Size::of(fields.iter().map(|(name, value)| (text_len(name) + 1, value)));
        Value::Object(Arc::new(Object { fields, size }))
    }

    /// An object of the few fields given.
    pub(crate) fn record<const N: usize>(fields: [(&str, Value); N]) -> Value {
        Value::object(fields.into_iter().map(|(name, value)| (Arc::from(name), value)).collect())
    }

    pub(crate) fn empty_object() -> Value {
        static EMPTY: LazyLock<Value> = LazyLock::new(|| Value::object(Fields::new()));
        EMPTY.clone()
    }

    /// A number as the service writes it: a whole one of 64 bits as an integer, and what JSON has no number for as text.
    pub(crate) fn number(number: f64) -> Value {
        /// 2^63
        const BEYOND: f64 = 9_223_372_036_854_775_808.0;
        if number.fract() == 0.0 && number.abs() < BEYOND {
            #[expect(clippy::cast_possible_truncation, reason = "integral and of 64 bits, so the cast is exact")]
            return Value::Number(Number::from(number as i64));
        }
        match Number::from_f64(number) {
            Some(number) => Value::Number(number),
            None if number.is_nan() => Value::string("NaN"),
            None if number > 0.0 => Value::string("Infinity"),
            None => Value::string("-Infinity"),
        }
    }

    /// The length of the value's compact JSON text in bytes.
    pub(crate) fn json_len(&self) -> usize {
        match self {
            Value::Null => 4,
            Value::Bool(true) => 4,
            Value::Bool(false) => 5,
            Value::Number(number) => number_len(number),
            Value::String(text) => text_len(text),
            Value::Array(array) => array.size.json_len,
            Value::Object(object) => object.size.json_len,
        }
    }

    /// How many containers are inside each other.
    pub(crate) fn depth(&self) -> usize {
        match self {
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
            Value::Array(array) => array.size.depth,
            Value::Object(object) => object.size.depth,
        }
    }

    /// The word that the service's messages use for the value's type.
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    pub(crate) fn as_f64(&self) -> Option<f64> {
        match self {
            Value::Number(number) => number.as_f64(),
            Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    pub(crate) fn as_items(&self) -> Option<&[Value]> {
        match self {
            Value::Array(array) => Some(&array.items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => None,
        }
    }

    pub(crate) fn as_fields(&self) -> Option<&Fields> {
        match self {
            Value::Object(object) => Some(&object.fields),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => None,
        }
    }
}

impl Array {
    pub(crate) fn items(&self) -> &[Value] {
        &self.items
    }
}

impl Object {
    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }
}

impl PartialEq for Array {
    fn eq(&self, other: &Array) -> bool {
        self.items == other.items
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Object) -> bool {
        self.fields == other.fields
    }
}

/// The order of two numbers: exact between whole numbers of 64 bits.
pub(crate) fn compare_numbers(left: &Number, right: &Number) -> Option<Ordering> {
    match (left.as_i64(), right.as_i64()) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
    }
}

/// How deep values may be: the bound of the service's JSON reader.
pub(crate) const DEEPEST: usize = 1_000;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value as Json;

    use super::*;

    fn any_json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            any::<i64>().prop_map(Json::from),
            any::<u64>().prop_map(Json::from),
            any::<f64>().prop_map(Json::from),
            any::<String>().prop_map(Json::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
                prop::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|fields| Json::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn knows_the_length_of_its_text(json in any_json()) {
            let value = Value::from(&json);
            prop_assert_eq!(value.json_len(), json.to_string().len());
            prop_assert_eq!(value.to_string(), json.to_string());
        }

        #[test]
        fn comes_back_as_it_went_in(json in any_json()) {
            prop_assert_eq!(Value::from(&json).to_json(), json.clone());
            prop_assert_eq!(Value::from(json.clone()).to_json(), json);
        }
    }

    #[test]
    fn depth_is_known() {
        let nested = (0..DEEPEST + 1).fold(Json::Null, |inner, _| Json::Array(vec![Json::from(1), inner]));
        assert!(is_too_deep(&nested));
        assert!(!is_too_deep(&nested[1]));
        assert_eq!(Value::from(&nested[1]).depth(), DEEPEST);
    }

    #[test]
    fn numbers_are_written_as_the_service_writes_them() {
        let text = |number| Value::number(number).to_string();
        assert_eq!(text(1.0), "1");
        assert_eq!(text(-0.0), "0");
        assert_eq!(text(0.1 + 0.2), "0.30000000000000004");
        assert_eq!(text(9_007_199_254_740_991.0), "9007199254740991");
        assert_eq!(text(-1e18), "-1000000000000000000");
        assert_eq!(text(1e20), "1e+20");
        assert_eq!(text(f64::INFINITY), "\"Infinity\"");
        assert_eq!(text(f64::NAN), "\"NaN\"");
    }
}
