//! Compiles staged Rust workflows to the Amazon States Language.
//!
//! A staged twin, which the macros make of a workflow, calls [`stage`] and so records the [`ir`]. [`compile`] runs the twin,
//! the passes and the lowering, and gives the state machine. Nothing here does IO but [`files`].

mod compile;
pub mod cost;
pub mod data;
pub mod definition;
pub mod diagnostic;
pub mod distributed;
pub mod error;
pub mod export;
mod express;
pub mod files;
pub mod hash;
pub mod info;
pub mod inputs;
pub mod ir;
mod lower;
pub mod outcome;
mod pass;
pub mod position;
pub mod retry;
pub mod schema;
pub mod source_map;
pub mod stage;
pub mod started;
pub mod task;
mod token;

pub use compile::{Compiled, compile};
pub use diagnostic::{Code, Diagnostic, Diagnostics};
pub use position::Position;
pub use source_map::SourceMap;
