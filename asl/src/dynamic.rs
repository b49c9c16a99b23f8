//! Fields whose value need not be a plain literal.

use crate::json::{Json, Leaf, Reader};
use serde_json::Value;

/// A field that takes either a literal or a JSONata expression (`"{% … %}"`) that gives one at run time.
///
/// The distinction is made by the text alone, in both query languages: in a JSONPath state an `Expression` of
/// strings is just a string with this look.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Dynamic<T> {
    /// The value itself.
    Literal(T),
    /// The whole text of the expression, with its delimiters `{%` and `%}`.
    Expression(String),
}

/// A member that may be present as `null`, with a meaning other than being absent (`"ResultPath": null` discards
/// the result).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// Explicit `null`.
    Null,
    /// A value.
    Value(T),
}

/// The JSONata between the delimiters of `text`, without surrounding blanks; `None` when `text` is no expression.
///
/// An expression begins with `{%` and ends with `%}`; a string with anything outside of them is literal text.
#[must_use]
pub fn expression_body(text: &str) -> Option<&str> {
    text.strip_prefix("{%")?.strip_suffix("%}").map(str::trim)
}

impl<T> Dynamic<T> {
    /// The expression with the given JSONata text, which is put between the delimiters.
    #[must_use]
    pub fn expression(body: &str) -> Self {
        Self::Expression(format!("{{% {body} %}}"))
    }

    /// The literal, if it is one.
    pub fn literal(&self) -> Option<&T> {
        match self {
            Self::Literal(value) => Some(value),
            Self::Expression(_) => None,
        }
    }

    /// The JSONata text without its delimiters, if it is an expression.
    pub fn body(&self) -> Option<&str> {
        match self {
            Self::Literal(_) => None,
            Self::Expression(text) => Some(expression_body(text).unwrap_or(text)),
        }
    }
}

impl<T> From<T> for Dynamic<T> {
    fn from(value: T) -> Self {
        Self::Literal(value)
    }
}

impl<T> Nullable<T> {
    /// The value, unless it is `null`.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Leaf> Json for Dynamic<T> {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        if let Some(text) = value.as_str().filter(|text| expression_body(text).is_some()) {
            return Some(Self::Expression(text.to_owned()));
        }
        let literal = T::from_json(value).map(Self::Literal);
        literal.or_else(|| {
            let expected = format!("{} or a JSONata expression `{{% … %}}`", T::expected());
            reader.expected(&expected, T::misfit(value), value)
        })
    }

    fn write(&self) -> Value {
        match self {
            Self::Literal(value) => value.to_json(),
            Self::Expression(text) => text.as_str().into(),
        }
    }
}

impl<T: Leaf> Json for Nullable<T> {
    fn read(value: &Value, reader: &mut Reader) -> Option<Self> {
        if value.is_null() {
            return Some(Self::Null);
        }
        let read = T::from_json(value).map(Self::Value);
        read.or_else(|| reader.expected(&format!("{} or `null`", T::expected()), T::misfit(value), value))
    }

    fn write(&self) -> Value {
        self.value().map_or(Value::Null, Leaf::to_json)
    }
}
