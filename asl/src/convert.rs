//! The whole machine from and to JSON.

use crate::json::{Json, ParseErrors, Reader, StrictValue, parse_text};
use crate::{State, StateMachine};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::Value;
use std::str::FromStr;

impl StateMachine {
    /// Reads a definition from its JSON text.
    ///
    /// # Errors
    ///
    /// All places where the text does not fit the States Language: a field that the object has not, a value of the
    /// wrong type, a required field that is missing, a member that is given twice; or the one place where it is not
    /// JSON. A definition that can be read may still be invalid, see [`crate::validate`].
    pub fn from_json(text: &str) -> Result<Self, ParseErrors> {
        read(parse_text(text)?)
    }

    /// Reads a definition from a JSON value.
    ///
    /// # Errors
    ///
    /// As [`StateMachine::from_json`].
    pub fn from_value(value: &Value) -> Result<Self, ParseErrors> {
        let mut reader = Reader::default();
        let machine = Self::read(value, &mut reader);
        reader.finish(machine)
    }

    /// The definition as a JSON value. What was parsed keeps the order of its members; what was made in code has
    /// them in the order people expect.
    #[must_use]
    pub fn to_value(&self) -> Value {
        self.write()
    }

    /// The definition as JSON text, indented by two spaces, with a newline at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        format!("{:#}\n", self.to_value())
    }
}

impl State {
    /// Reads a single state, as `TestState` takes it.
    ///
    /// # Errors
    ///
    /// As [`StateMachine::from_json`].
    pub fn from_value(value: &Value) -> Result<Self, ParseErrors> {
        let mut reader = Reader::default();
        let state = Self::read(value, &mut reader);
        reader.finish(state)
    }

    /// The state as a JSON value.
    #[must_use]
    pub fn to_value(&self) -> Value {
        self.write()
    }
}

impl FromStr for StateMachine {
    type Err = ParseErrors;

    fn from_str(text: &str) -> Result<Self, ParseErrors> {
        Self::from_json(text)
    }
}

impl Serialize for StateMachine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for StateMachine {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(StrictValue::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl Serialize for State {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

fn read<T: Json>(strict: StrictValue) -> Result<T, ParseErrors> {
    let mut reader = Reader::from(strict.duplicates);
    let read = T::read(&strict.value, &mut reader);
    reader.finish(read)
}
