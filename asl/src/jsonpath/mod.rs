//! The syntax of JSONPath states: paths, reference paths, and calls of intrinsic functions.
//!
//! Only what a definition is checked for is kept of a text: where its paths begin, and whether each names one place.

mod filter;
mod intrinsic;
mod path;
mod reader;

pub use intrinsic::{Function, Intrinsic};
pub use path::{Path, Root};
