//! JSON text to values, without losing members: an object that names a member twice is refused.
//!
//! `serde_json` would keep the last of the two silently.

use super::{Misfit, ParseError, ParseErrors};
use crate::pointer::{Pointer, Step};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// The value of a JSON text; fails on a syntax error only, see [`StrictValue::duplicates`].
pub(crate) fn parse_text(text: &str) -> Result<StrictValue, ParseErrors> {
    serde_json::from_str(text).map_err(|error| {
        let (pointer, misfit) = (Pointer::default(), Misfit::Syntax { line: error.line(), column: error.column() });
        ParseErrors(vec![ParseError { pointer, reason: error.to_string(), misfit }])
    })
}

/// A JSON value, and the members that its text repeats.
pub(crate) struct StrictValue {
    /// The value; of a repeated member, the last one.
    pub(crate) value: Value,
    /// One error for each repeated member.
    pub(crate) duplicates: Vec<ParseError>,
}

impl<'de> Deserialize<'de> for StrictValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut place = Place::default();
        let value = place.deserialize(deserializer)?;
        Ok(Self { value, duplicates: place.duplicates })
    }
}

/// Where the text is being read, and what was found so far.
#[derive(Default)]
struct Place {
    pointer: Pointer,
    duplicates: Vec<ParseError>,
}

impl Place {
    fn within<T>(&mut self, step: Step<'_>, read: impl FnOnce(&mut Self) -> T) -> T {
        let mark = self.pointer.push(step);
        let result = read(self);
        self.pointer.truncate(mark);
        result
    }
}

impl<'de> DeserializeSeed<'de> for &mut Place {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Place {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("a number that JSON cannot hold"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = self.within(Step::Index(elements.len()), |place| sequence.next_element_seed(place))? {
            elements.push(element);
        }
        Ok(elements.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(key) = object.next_key::<String>()? {
            let member = self.within(Step::Key(&key), |place| object.next_value_seed(place))?;
            if members.contains_key(&key) {
                let reason = "the object has this member twice; one of them would be lost".to_owned();
                self.duplicates.push(ParseError { pointer: self.pointer.key(&key), reason, misfit: Misfit::Duplicate });
            }
            members.insert(key, member);
        }
        Ok(members.into())
    }
}
