//! The syntax of JSONata 2.0.6, the version that Step Functions has: texts to syntax trees with positions.
//!
//! Nothing is evaluated here. A tree is a flat list of nodes that refer to each other by [`Id`], so that dropping or
//! walking one needs no stack; how deep an expression may nest is bounded by [`DEEPEST`].
//!
//! The grammar is the reference implementation's, with its error codes and messages: operators by precedence
//! (`parser.rs`) over tokens that the parser asks for one by one, since `/` begins a regular expression only where an
//! operand is expected (`lexer.rs`).

mod ast;
mod lexer;
mod operands;
mod parser;
mod signature;

pub use ast::{BinaryOperator, Expression, Id, Kind, Node};
pub use parser::DEEPEST;

use std::fmt;

/// Why a text is no JSONata expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The reference implementation's code, such as `S0202`.
    pub code: &'static str,
    /// Its message, which the service reports without the code.
    pub message: String,
    /// Where, in bytes from the beginning of the expression.
    pub at: usize,
}

/// Reads an expression, without the delimiters `{%` and `%}`.
///
/// # Errors
///
/// The first place where the text breaks the grammar.
pub fn parse(text: &str) -> Result<Expression, SyntaxError> {
    parser::Parser::new(text)?.parse()
}

impl SyntaxError {
    fn new(code: &'static str, at: usize, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), at }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} (at {})", self.code, self.message, self.at)
    }
}

impl std::error::Error for SyntaxError {}
