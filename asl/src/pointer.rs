//! JSON pointers (RFC 6901): where in a document something stands.

use std::fmt;

/// A JSON pointer such as `/States/Charge~1Refund/Next`; the empty pointer is the whole document.
///
/// Keys are escaped when they are added (`~` becomes `~0`, `/` becomes `~1`), so the text can be given to
/// [`serde_json::Value::pointer`] as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// The pointer to the member `key` of the object that this pointer leads to.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let mut child = self.clone();
        child.push(key);
        child
    }

    /// The pointer to the element `index` of the array that this pointer leads to.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.key(&index.to_string())
    }

    /// The pointer that leads on from here along `rest`.
    #[must_use]
    pub fn join(&self, rest: &Self) -> Self {
        Self(format!("{self}{rest}"))
    }

    /// The pointer's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Goes down to the member `key`; the returned mark leads back by [`Pointer::truncate`].
    pub(crate) fn push(&mut self, key: &str) -> usize {
        let mark = self.0.len();
        self.0.push('/');
        self.0.push_str(&key.replace('~', "~0").replace('/', "~1"));
        mark
    }

    /// Goes back up to where [`Pointer::push`] was called.
    pub(crate) fn truncate(&mut self, mark: usize) {
        self.0.truncate(mark);
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
