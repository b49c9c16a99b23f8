//! The types of a random program.

/// A type, and how a value of it is made, is written in `expression.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Int,
    Small,
    Bool,
    Text,
    MaybeInt,
    MaybeText,
    Ints,
    Texts,
    Item,
    Items,
    Status,
    Shape,
    Pair,
    Map,
    Id,
    Fetched,
}

impl Kind {
    pub(crate) const ALL: &[Kind] = &[
        Kind::Int,
        Kind::Small,
        Kind::Bool,
        Kind::Text,
        Kind::MaybeInt,
        Kind::MaybeText,
        Kind::Ints,
        Kind::Texts,
        Kind::Item,
        Kind::Items,
        Kind::Status,
        Kind::Shape,
        Kind::Pair,
        Kind::Map,
        Kind::Id,
        Kind::Fetched,
    ];

    /// The type in Rust.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Int => "i64",
            Kind::Small => "u32",
            Kind::Bool => "bool",
            Kind::Text => "String",
            Kind::MaybeInt => "Option<i64>",
            Kind::MaybeText => "Option<String>",
            Kind::Ints => "Vec<i64>",
            Kind::Texts => "Vec<String>",
            Kind::Item => "Item",
            Kind::Items => "Vec<Item>",
            Kind::Status => "Status",
            Kind::Shape => "Shape",
            Kind::Pair => "(i64, String)",
            Kind::Map => "BTreeMap<String, i64>",
            Kind::Id => "String",
            Kind::Fetched => "Result<i64, Fault>",
        }
    }

    /// Whether a value may leave the program: a `Result` is returned by tasks only, and an id is another in each run.
    pub(crate) fn is_shown(self) -> bool {
        !matches!(self, Kind::Id | Kind::Fetched)
    }

    /// Whether reading a variable copies it.
    pub(crate) fn is_copy(self) -> bool {
        matches!(self, Kind::Int | Kind::Small | Kind::Bool | Kind::MaybeInt)
    }
}
