//! The bounds on what an expression may build.
//!
//! The service refuses a value of more than 6,990,256 bytes, a number counting eight and a character one, at whatever step of
//! an evaluation it appears. The engine has no such bound, so whatever can make values grow is checked where it is done:
//! what constructors, concatenations and the functions that build something give. Where one call can build much, its
//! arguments tell beforehand.

use std::cell::Cell;

use jsonata_core::ast::{AstNode, BinaryOp, PathStep, Stage};
use jsonata_core::value::JValue;

use super::regex;

/// The largest value, in bytes as the service counts them.
const MOST: usize = 6_990_256;

/// What a number counts, and anything else that is no text.
const SCALAR: usize = 8;

/// What one evaluation may build in all, most of which may be dropped at once.
const MOST_IN_ALL: usize = 512 * 1024 * 1024;

/// The functions that build something; whatever the others give is small or part of what they were given.
const BUILDING: [&str; 30] = [
    "append",
    "base64decode",
    "base64encode",
    "decodeUrl",
    "decodeUrlComponent",
    "each",
    "encodeUrl",
    "encodeUrlComponent",
    "formatNumber",
    "join",
    "lowercase",
    "map",
    "match",
    "merge",
    "pad",
    "parse",
    "partition",
    "range",
    "reduce",
    "replace",
    "single",
    "split",
    "spread",
    "string",
    "substring",
    "substringAfter",
    "substringBefore",
    "trim",
    "uppercase",
    "zip",
];

/// Whether the value of a node has to be checked.
pub(super) fn is_building(node: &AstNode) -> bool {
    match node {
        AstNode::Function { name, args, .. } => {
            BUILDING.contains(&name.as_str()) && !args.iter().any(|argument| matches!(argument, AstNode::Placeholder))
        }
        AstNode::Path { steps } => {
            steps.iter().skip(1).any(gives_more) || steps.iter().any(|step| is_bare(step) && is_building(&step.node))
        }
        AstNode::Sort { input, .. } => is_building(input),
        AstNode::Array(_)
        | AstNode::Object(_)
        | AstNode::ObjectTransform { .. }
        | AstNode::Binary { op: BinaryOp::Concatenate, .. } => true,
        _ => false,
    }
}

/// Whether a step can lead to more than what lies below the item it starts from.
fn gives_more(step: &PathStep) -> bool {
    !matches!(step.node, AstNode::Name(_) | AstNode::Wildcard | AstNode::Parent(_))
}

/// Whether the engine has to find the node of a step as it is: it knows constructors by sight, and what keeps its list. What
/// such a step builds is checked with the whole path.
pub(super) fn is_bare(step: &PathStep) -> bool {
    let keeps_list = step.stages.iter().any(|stage| matches!(stage, Stage::KeepArray));
    keeps_list
        || matches!(
            step.node,
            AstNode::Array(_) | AstNode::Object(_) | AstNode::ObjectTransform { .. } | AstNode::Path { .. }
        )
}

/// More would be built than the service allows.
pub(super) struct Excess;

/// What one evaluation has built so far.
#[derive(Default)]
pub(super) struct Account(Cell<usize>);

impl Account {
    /// Checks a value that has just been built.
    pub(super) fn check(&self, value: &JValue) -> Result<(), Excess> {
        let built = match value {
            JValue::String(text) => text.len(),
            JValue::Array(items) => items.len() * size_of::<JValue>(),
            JValue::Object(members) => members.len() * 2 * size_of::<JValue>(),
            _ => 0,
        };
        self.0.set(self.0.get().saturating_add(built));
        if self.0.get() > MOST_IN_ALL {
            return Err(Excess);
        }
        // The outermost container counts nothing.
        held(value, MOST + SCALAR).map(|_| ())
    }
}

/// The room that is left beside a value.
fn held(value: &JValue, room: usize) -> Result<usize, Excess> {
    match value {
        JValue::String(text) => left(room, text.len()),
        JValue::Array(items) => items.iter().try_fold(left(room, SCALAR)?, |room, item| held(item, room)),
        JValue::Object(members) => {
            let mut members = members.iter();
            members.try_fold(left(room, SCALAR)?, |room, (name, value)| held(value, left(room, name.len())?))
        }
        _ => left(room, SCALAR),
    }
}

fn left(room: usize, taken: usize) -> Result<usize, Excess> {
    room.checked_sub(taken).ok_or(Excess)
}

/// Checks an argument of `$pad`: a width that a text may have, or something else.
pub(super) fn check_width(argument: &JValue) -> Result<(), Excess> {
    #[expect(clippy::cast_precision_loss, reason = "a number of bytes is far below 2^53")]
    match argument {
        JValue::Number(width) if width.abs() > MOST as f64 => Err(Excess),
        _ => Ok(()),
    }
}

/// Checks that a list may be joined.
pub(super) fn check_join(list: &JValue, separator: &JValue) -> Result<(), Excess> {
    match (list, separator) {
        (JValue::Array(items), JValue::String(separator)) => {
            left(held(list, MOST)?, separator.len().saturating_mul(items.len().saturating_sub(1))).map(|_| ())
        }
        _ => Ok(()),
    }
}

/// Checks that all that matches in a text may be replaced by another text.
pub(super) fn check_replace(text: &JValue, pattern: &JValue, replacement: &JValue) -> Result<(), Excess> {
    let (JValue::String(text), JValue::String(replacement)) = (text, replacement) else { return Ok(()) };
    let at_most = |matches: usize, groups: usize| {
        let (replaced, inserted) = (text.len().saturating_mul(1 + groups), matches.saturating_mul(replacement.len()));
        replaced.saturating_add(inserted)
    };
    let groups = replacement.matches('$').count();
    if at_most(text.len() + 1, groups) <= MOST {
        return Ok(());
    }
    let size = match pattern {
        JValue::String(pattern) if pattern.is_empty() => 0,
        JValue::String(pattern) => at_most(text.matches(pattern.as_ref()).count(), 0),
        JValue::Regex { pattern, flags } => at_most(regex::count(text, pattern, flags), groups),
        _ => at_most(text.len() + 1, groups),
    };
    left(MOST, size).map(|_| ())
}
