//! JSON whose texts may be open, and which every target prints in its own way.

use serde_json::{Map, Value};

use crate::text::Text;

/// A JSON value with [`Text`]s.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tree {
    /// `null`, a truth value or a number.
    Scalar(Value),
    /// A text.
    Text(Text),
    /// An array.
    List(Vec<Tree>),
    /// An object; its members keep their order.
    Object(Vec<(String, Tree)>),
    /// Nothing: no member of an object, no item of an array.
    Absent,
}

/// An object with these members, in this order; a member whose value is `None` is left out.
macro_rules! object {
    ($($key:expr => $value:expr),* $(,)?) => {
        $crate::tree::Tree::Object(vec![$(($key.to_string(), $crate::tree::Tree::from($value))),*])
    };
}
pub(crate) use object;

impl Tree {
    /// The object with members made of pairs.
    pub(crate) fn of_pairs<K: Into<String>, V: Into<Tree>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        Tree::Object(pairs.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }

    /// The array of these.
    pub(crate) fn list<T: Into<Tree>>(items: impl IntoIterator<Item = T>) -> Self {
        Tree::List(items.into_iter().map(Into::into).collect())
    }

    /// The JSON, in whose texts `${AWS::Partition}`, `${AWS::Region}` and `${AWS::AccountId}` are open.
    pub(crate) fn with_open_texts(value: &Value) -> Self {
        match value {
            Value::String(text) => Tree::Text(Text::with_pseudo_parameters(text)),
            Value::Array(items) => Tree::List(items.iter().map(Tree::with_open_texts).collect()),
            Value::Object(members) => {
                Tree::of_pairs(members.iter().map(|(key, value)| (key, Tree::with_open_texts(value))))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => Tree::Scalar(value.clone()),
        }
    }

    /// A member of an object.
    pub(crate) fn get(&self, key: &str) -> Option<&Tree> {
        match self {
            Tree::Object(members) => members.iter().find_map(|(known, value)| (known == key).then_some(value)),
            _ => None,
        }
    }

    /// The object with another value for a member that it has.
    #[must_use]
    pub(crate) fn with(mut self, key: &str, value: impl Into<Tree>) -> Self {
        if let Tree::Object(members) = &mut self
            && let Some((_, member)) = members.iter_mut().find(|(known, _)| known == key)
        {
            *member = value.into();
        }
        self
    }

    /// A text of which nothing is open.
    pub(crate) fn literal(&self) -> Option<&str> {
        match self {
            Tree::Text(text) => text.literal(),
            _ => None,
        }
    }

    /// Whether it is no value at all.
    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Tree::Absent)
    }

    /// The JSON in which each text is what `write` makes of it.
    pub(crate) fn json(&self, write: &impl Fn(&Text) -> Value) -> Value {
        match self {
            Tree::Scalar(value) => value.clone(),
            Tree::Text(text) => write(text),
            Tree::List(items) => items.iter().filter(|item| !item.is_absent()).map(|item| item.json(write)).collect(),
            Tree::Object(members) => {
                let members = members.iter().filter(|(_, value)| !value.is_absent());
                Value::Object(members.map(|(key, value)| (key.clone(), value.json(write))).collect::<Map<_, _>>())
            }
            Tree::Absent => Value::Null,
        }
    }
}

impl From<Value> for Tree {
    fn from(value: Value) -> Self {
        match value {
            Value::String(text) => Tree::Text(text.into()),
            Value::Array(items) => Tree::list(items),
            Value::Object(members) => Tree::of_pairs(members),
            Value::Null | Value::Bool(_) | Value::Number(_) => Tree::Scalar(value),
        }
    }
}

impl From<Text> for Tree {
    fn from(text: Text) -> Self {
        Tree::Text(text)
    }
}

impl From<&str> for Tree {
    fn from(text: &str) -> Self {
        Tree::Text(text.into())
    }
}

impl From<&String> for Tree {
    fn from(text: &String) -> Self {
        Tree::Text(text.as_str().into())
    }
}

impl From<String> for Tree {
    fn from(text: String) -> Self {
        Tree::Text(text.into())
    }
}

impl From<bool> for Tree {
    fn from(value: bool) -> Self {
        Tree::Scalar(value.into())
    }
}

impl From<u64> for Tree {
    fn from(value: u64) -> Self {
        Tree::Scalar(value.into())
    }
}

impl<T: Into<Tree>> From<Vec<T>> for Tree {
    fn from(items: Vec<T>) -> Self {
        Tree::list(items)
    }
}

impl<T: Into<Tree>, const N: usize> From<[T; N]> for Tree {
    fn from(items: [T; N]) -> Self {
        Tree::list(items)
    }
}

impl<T: Into<Tree>> From<Option<T>> for Tree {
    fn from(value: Option<T>) -> Self {
        value.map_or(Tree::Absent, Into::into)
    }
}
