//! JSON pointers (RFC 6901): where in a document something stands.

use std::fmt;

/// A JSON pointer such as `/States/Charge~1Refund/Next`; the empty pointer is the whole document.
///
/// Keys are escaped when they are added (`~` becomes `~0`, `/` becomes `~1`), so the text can be given to
/// [`serde_json::Value::pointer`] as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer {
    text: String,
    /// Where in the text the steps into arrays begin.
    indices: Vec<usize>,
}

impl Pointer {
    /// The pointer to the member `key` of the object that this pointer leads to.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let mut child = self.clone();
        child.push(Step::Key(key));
        child
    }

    /// The pointer to the element `index` of the array that this pointer leads to.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        let mut child = self.clone();
        child.push(Step::Index(index));
        child
    }

    /// The pointer that leads on from here along `rest`.
    #[must_use]
    pub fn join(&self, rest: &Self) -> Self {
        let mut joined = self.clone();
        joined.indices.extend(rest.indices.iter().map(|at| at + self.text.len()));
        joined.text.push_str(&rest.text);
        joined
    }

    /// The pointer's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The place as Step Functions writes it: `/States/Fork/Branches[0]/StartAt`, and `/` for the whole document.
    #[must_use]
    pub fn location(&self) -> String {
        if self.text.is_empty() {
            return "/".to_owned();
        }
        let mut location = String::new();
        let mut at = 0;
        for step in self.text.split('/').skip(1) {
            if self.indices.contains(&at) {
                location.extend(["[", step, "]"]);
            } else {
                location.extend(["/", &step.replace("~1", "/").replace("~0", "~")]);
            }
            at += "/".len() + step.len();
        }
        location
    }

    /// Goes down one step; the returned mark leads back by [`Pointer::truncate`].
    pub(crate) fn push(&mut self, step: Step<'_>) -> usize {
        let mark = self.text.len();
        self.text.push('/');
        match step {
            Step::Key(key) => self.text.push_str(&key.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => {
                self.indices.push(mark);
                self.text.push_str(&index.to_string());
            }
        }
        mark
    }

    /// Goes back up to where [`Pointer::push`] was called.
    pub(crate) fn truncate(&mut self, mark: usize) {
        self.text.truncate(mark);
        while self.indices.last().is_some_and(|at| *at >= mark) {
            self.indices.pop();
        }
    }
}

/// A step of a pointer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'a> {
    /// To a member of an object.
    Key(&'a str),
    /// To an element of an array.
    Index(usize),
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
