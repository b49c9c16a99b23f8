//! The JSON form of a type, as data.

use serde_json::Value;

use crate::ir::{ExprId, Kind};

/// The JSON form of a type. Inner shapes are functions, so that recursive types have one.
#[derive(Clone, Debug)]
pub enum Shape {
    /// `()`: `null`.
    Unit,
    /// `bool`.
    Bool,
    /// An integer type of so many bits.
    Integer {
        /// Whether it has negative values.
        signed: bool,
        /// Its size; `usize` and `isize` count as 64.
        bits: u8,
    },
    /// `f32` and `f64`.
    Float,
    /// `char`: a text of one character.
    Char,
    /// `String` and what serde writes as a text.
    Text,
    /// `chrono::DateTime<Utc>`: an RFC 3339 text.
    Time,
    /// `std::time::Duration`: `{"secs": …, "nanos": …}`.
    Duration,
    /// `serde_json::Value`: any JSON.
    Any,
    /// A value that may be passed on, and not looked into (`#[serde(with = …)]`).
    Opaque,
    /// `Option<T>`: `null` or the value.
    Option(fn() -> Shape),
    /// `Vec<T>`, sets, arrays: a JSON array.
    List(fn() -> Shape),
    /// A map with text keys: a JSON object.
    Map(fn() -> Shape),
    /// A tuple of two or more: a JSON array of fixed length.
    Tuple(Vec<fn() -> Shape>),
    /// `Result<T, E>`, inside a workflow only: `{"Ok": …}` or `{"Err": …}`.
    Result(fn() -> Shape, fn() -> Shape),
    /// A struct.
    Struct(StructShape),
    /// An enum.
    Enum(EnumShape),
}

/// A struct as serde writes it.
#[derive(Clone, Debug)]
pub struct StructShape {
    /// The Rust name.
    pub name: &'static str,
    /// Its fields.
    pub fields: Fields,
}

/// The fields of a struct or of a variant.
#[derive(Clone, Debug)]
pub enum Fields {
    /// `struct A;`: `null`. A unit variant: nothing.
    Unit,
    /// `struct A(T);`, or `#[serde(transparent)]`: the JSON of the one field.
    Newtype(Field),
    /// `struct A(T, U);`: a JSON array.
    Tuple(Vec<Field>),
    /// `struct A { a: T }`: a JSON object.
    Named(Vec<Field>),
}

/// A field as serde writes it.
#[derive(Clone, Debug)]
pub struct Field {
    /// The Rust name; the index for a tuple's field.
    pub ident: &'static str,
    /// The JSON key (empty for a tuple's field).
    pub key: &'static str,
    /// Other keys that are read when `key` is absent: `#[serde(alias = …)]`.
    pub aliases: &'static [&'static str],
    /// The JSON form of its type.
    pub shape: fn() -> Shape,
    /// `#[serde(flatten)]`: its keys stand in the outer object.
    pub flatten: bool,
    /// `#[serde(skip)]`: never in JSON; reading gives the default.
    pub skip: bool,
    /// The value that an absent key means: `null` for an `Option`, otherwise from `#[serde(default)]`.
    pub default: Option<fn() -> Value>,
    /// `#[serde(skip_serializing_if = …)]`: when the key is left out.
    pub skip_if: Option<SkipIf>,
}

/// The predicate of `#[serde(skip_serializing_if = …)]`.
#[derive(Clone, Copy, Debug)]
pub enum SkipIf {
    /// `Type::method`, which is known by the name of the method and the shape of the field.
    Method(&'static str),
    /// A function, which is asked for its expression; it has none unless it is `#[pure]`.
    Function(fn(ExprId) -> Option<ExprId>),
}

impl Field {
    /// A field without serde attributes.
    pub(crate) fn plain(name: &'static str, shape: fn() -> Shape) -> Self {
        Field { ident: name, key: name, aliases: &[], shape, flatten: false, skip: false, default: None, skip_if: None }
    }
}

/// An enum as serde writes it.
#[derive(Clone, Debug)]
pub struct EnumShape {
    /// The Rust name.
    pub name: &'static str,
    /// How the variant is told.
    pub tagging: Tagging,
    /// The variants in order.
    pub variants: Vec<Variant>,
}

impl EnumShape {
    /// The variant of a Rust name.
    pub(crate) fn variant(&self, ident: &str) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.ident == ident)
    }
}

/// How serde tells the variants of an enum apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tagging {
    /// `"Unit"` or `{"Name": content}`.
    External,
    /// `{"tag": "Name", …fields}`.
    Internal {
        /// The key of the tag.
        tag: &'static str,
    },
    /// `{"tag": "Name", "content": …}`.
    Adjacent {
        /// The key of the tag.
        tag: &'static str,
        /// The key of the content.
        content: &'static str,
    },
    /// The bare content: variants are told by trying them in order.
    Untagged,
}

/// A variant as serde writes it.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The Rust name.
    pub ident: &'static str,
    /// The name in JSON.
    pub name: &'static str,
    /// Other names that are read: `#[serde(alias = …)]`.
    pub aliases: &'static [&'static str],
    /// `#[serde(other)]`: takes every unknown name.
    pub other: bool,
    /// Its fields.
    pub fields: Fields,
}

impl Shape {
    /// What is known of the JSON of this type.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Shape::List(_) | Shape::Tuple(_) => Kind::LIST,
            Shape::Any | Shape::Opaque => Kind::ANY,
            Shape::Option(inner) => inner().kind().or(Kind::NULL),
            Shape::Unit => Kind::NULL,
            Shape::Struct(shape) => shape.fields.kind(),
            Shape::Enum(shape) => shape.kind(),
            Shape::Bool
            | Shape::Integer { .. }
            | Shape::Float
            | Shape::Char
            | Shape::Text
            | Shape::Time
            | Shape::Duration
            | Shape::Map(_)
            | Shape::Result(..) => Kind::SCALAR,
        }
    }

    /// Whether the JSON of this type may be a text or `null`.
    #[must_use]
    pub fn may_be_text_or_null(&self) -> bool {
        let fields = |fields: &Fields| match fields {
            Fields::Unit => true,
            Fields::Newtype(field) => (field.shape)().may_be_text_or_null(),
            Fields::Tuple(_) | Fields::Named(_) => false,
        };
        match self {
            Shape::Unit | Shape::Char | Shape::Text | Shape::Time | Shape::Any | Shape::Opaque | Shape::Option(_) => {
                true
            }
            Shape::Struct(shape) => fields(&shape.fields),
            Shape::Enum(shape) => match shape.tagging {
                Tagging::External => shape.variants.iter().any(|variant| matches!(variant.fields, Fields::Unit)),
                Tagging::Untagged => shape.variants.iter().any(|variant| fields(&variant.fields)),
                Tagging::Internal { .. } | Tagging::Adjacent { .. } => false,
            },
            Shape::Bool
            | Shape::Integer { .. }
            | Shape::Float
            | Shape::Duration
            | Shape::List(_)
            | Shape::Map(_)
            | Shape::Tuple(_)
            | Shape::Result(..) => false,
        }
    }

    /// Whether `null` is a value of this type, so that an `Option` of it cannot tell `None` from `Some`.
    #[must_use]
    pub fn is_nullable(&self) -> bool {
        self.kind().nullable
    }
}

impl Fields {
    /// The field of a newtype without serde attributes, and the content of `Some`, `Ok` and `Err`.
    pub(crate) fn unnamed(shape: fn() -> Shape) -> Self {
        Fields::Newtype(Field { key: "", ..Field::plain("0", shape) })
    }

    /// What is known of the JSON of all fields together.
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Fields::Unit => Kind::NULL,
            Fields::Newtype(field) => (field.shape)().kind(),
            Fields::Tuple(_) => Kind::LIST,
            Fields::Named(_) => Kind::SCALAR,
        }
    }

    /// The fields in order.
    #[must_use]
    pub fn list(&self) -> &[Field] {
        match self {
            Fields::Unit => &[],
            Fields::Newtype(field) => std::slice::from_ref(field),
            Fields::Tuple(fields) | Fields::Named(fields) => fields,
        }
    }
}

impl EnumShape {
    fn kind(&self) -> Kind {
        match self.tagging {
            Tagging::External | Tagging::Internal { .. } | Tagging::Adjacent { .. } => Kind::SCALAR,
            Tagging::Untagged => {
                let mut kinds = self.variants.iter().map(|variant| variant.fields.kind());
                let first = kinds.next().unwrap_or_default();
                kinds.fold(first, Kind::or)
            }
        }
    }
}
