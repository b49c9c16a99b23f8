//! Values without members of their own: strings, numbers, keywords, free JSON.

use super::{Json, Misfit, Reader};
use serde_json::{Map, Number, Value};

/// A type whose JSON form either fits or not, with no places inside that could be blamed.
pub(crate) trait Leaf: Sized {
    /// What messages say would fit.
    fn expected() -> String;

    /// In which way `value`, which is no such value, does not fit.
    fn misfit(value: &Value) -> Misfit;

    /// The value, if it fits.
    fn from_json(value: &Value) -> Option<Self>;

    /// What [`Leaf::from_json`] reads.
    fn to_json(&self) -> Value;
}

/// Implements [`Json`] for [`Leaf`] types.
macro_rules! leaf {
    ($($type:ty),*) => {$(
        impl $crate::json::Json for $type {
            fn read(value: &serde_json::Value, reader: &mut $crate::json::Reader) -> Option<Self> {
                let read = <Self as $crate::json::Leaf>::from_json(value);
                read.or_else(|| {
                    use $crate::json::Leaf;
                    reader.expected(&Self::expected(), Self::misfit(value), value)
                })
            }

            fn write(&self) -> serde_json::Value {
                $crate::json::Leaf::to_json(self)
            }
        }
    )*};
}
pub(crate) use leaf;

leaf!(String, bool, u64, Number, Map<String, Value>);

/// Defines an enum that stands for one of a fixed set of strings.
macro_rules! keyword {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal,)* }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$variant_meta])* $variant,)* }

        impl $name {
            /// The word that stands for it in JSON.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// What the word stands for; `None` if there is no such word.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($text => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::json::Leaf for $name {
            fn expected() -> String {
                format!("one of {}", [$(concat!("`", $text, "`")),*].join(", "))
            }

            fn misfit(value: &serde_json::Value) -> $crate::json::Misfit {
                match value {
                    serde_json::Value::String(_) => $crate::json::Misfit::Word(&[$($text),*]),
                    _ => $crate::json::Misfit::Type("STRING"),
                }
            }

            fn from_json(value: &serde_json::Value) -> Option<Self> {
                Self::from_name(value.as_str()?)
            }

            fn to_json(&self) -> serde_json::Value {
                self.as_str().into()
            }
        }

        $crate::json::leaf!($name);
    };
}
pub(crate) use keyword;

impl Leaf for String {
    fn expected() -> String {
        "a string".to_owned()
    }

    fn misfit(_: &Value) -> Misfit {
        Misfit::Type("STRING")
    }

    fn from_json(value: &Value) -> Option<Self> {
        value.as_str().map(Self::from)
    }

    fn to_json(&self) -> Value {
        self.as_str().into()
    }
}

impl Leaf for bool {
    fn expected() -> String {
        "`true` or `false`".to_owned()
    }

    fn misfit(_: &Value) -> Misfit {
        Misfit::Type("BOOLEAN")
    }

    fn from_json(value: &Value) -> Option<Self> {
        value.as_bool()
    }

    fn to_json(&self) -> Value {
        (*self).into()
    }
}

impl Leaf for u64 {
    fn expected() -> String {
        "a whole number of at least 0".to_owned()
    }

    fn misfit(value: &Value) -> Misfit {
        if value.is_i64() { Misfit::Negative } else { Misfit::Type("INTEGER") }
    }

    fn from_json(value: &Value) -> Option<Self> {
        value.as_u64()
    }

    fn to_json(&self) -> Value {
        (*self).into()
    }
}

impl Leaf for Number {
    fn expected() -> String {
        "a number".to_owned()
    }

    fn misfit(_: &Value) -> Misfit {
        Misfit::Type("NUMBER")
    }

    fn from_json(value: &Value) -> Option<Self> {
        value.as_number().cloned()
    }

    fn to_json(&self) -> Value {
        Value::Number(self.clone())
    }
}

impl Leaf for Map<String, Value> {
    fn expected() -> String {
        "an object".to_owned()
    }

    fn misfit(_: &Value) -> Misfit {
        Misfit::Type("OBJECT")
    }

    fn from_json(value: &Value) -> Option<Self> {
        value.as_object().cloned()
    }

    fn to_json(&self) -> Value {
        Value::Object(self.clone())
    }
}

/// Free JSON, such as `Result` or `Arguments`: everything fits, `null` too.
impl Json for Value {
    fn read(value: &Value, _: &mut Reader) -> Option<Self> {
        Some(value.clone())
    }

    fn write(&self) -> Value {
        self.clone()
    }
}
