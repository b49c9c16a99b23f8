//! The syntax of JSONPath states: paths, reference paths, and calls of intrinsic functions.
//!
//! These are trees of what is written. The validator asks them where paths begin and whether they name one place;
//! interpreters evaluate them.

mod filter;
mod intrinsic;
mod path;
mod reader;

pub use filter::{Filter, Operand, Operator, Pattern};
pub use intrinsic::{Argument, Function, Intrinsic};
pub use path::{Aggregate, Path, Root, Step};
