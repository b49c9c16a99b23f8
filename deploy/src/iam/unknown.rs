//! What neither a definition nor its author tells.

use std::fmt;

use stepwright_asl::Pointer;

/// Why the rights of a state cannot be told, and what to say so that they can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The name of the state.
    pub state: String,
    /// Where in the definition it is not told.
    pub pointer: Pointer,
    /// What is wrong.
    pub problem: Problem,
}

/// What is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// An argument that names a resource is an expression.
    Expression {
        /// The argument, see [`Options::arguments`](super::Options::arguments).
        argument: String,
    },
    /// The definition does not name a resource that the call needs.
    Absent {
        /// The argument that could name it.
        argument: String,
    },
    /// An argument is no name of a resource.
    Misfit {
        /// The argument.
        argument: String,
        /// What it is.
        text: String,
        /// What was expected.
        expected: String,
    },
    /// A placeholder stands for nothing.
    Placeholder {
        /// Its name.
        name: String,
    },
    /// A `Resource` that Step Functions does not have, or whose rights are not known.
    Resource {
        /// The text.
        text: String,
    },
}

impl fmt::Display for Unknown {
    /// What is wrong in one line, and a line of help.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { state, pointer, problem } = self;
        let pointer = pointer.as_str();
        let say = |argument: &str, example: &str| format!("arguments.{state:?}.{argument:?} = [{example:?}]");
        match problem {
            Problem::Expression { argument } => write!(
                f,
                "error: the resource in `{argument}` of state `{state}` is an expression ({pointer})\n  \
                 = help: list what it can be, with `*` for any text: {}",
                say(argument, "…")
            ),
            Problem::Absent { argument } => write!(
                f,
                "error: nothing tells `{argument}` of state `{state}` ({pointer})\n  = help: list what it can be, `[]` if it is nothing: {}",
                say(argument, "…")
            ),
            Problem::Misfit { argument, text, expected } => write!(
                f,
                "error: `{text}` in `{argument}` of state `{state}` is not {expected} ({pointer})\n  \
                 = help: write {expected}"
            ),
            Problem::Placeholder { name } => write!(
                f,
                "error: state `{state}` refers to `${{{name}}}`, which stands for nothing ({pointer})\n  \
                 = help: say what it stands for: placeholders.{name:?} = \"…\""
            ),
            Problem::Resource { text } => write!(
                f,
                "error: the rights for `{text}` of state `{state}` are not known ({pointer})\n  \
                 = help: use an integration that Step Functions has, or the ARN of a function or an activity"
            ),
        }
    }
}

impl std::error::Error for Unknown {}
