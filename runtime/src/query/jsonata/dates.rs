//! Texts that tell a time but no date: `$toMillis('13:45', '[H]:[m]')` is a time of today.
//!
//! JSONata takes what a picture leaves out before its first part from the current time. The engine would look at
//! the wall clock, so what is left out is added to both the text and the picture, by the execution's clock.

use chrono::{DateTime, Utc};
use jsonata_core::ast::AstNode;
use jsonata_core::value::JValue;

/// The parts of a time from the largest to the smallest: how they are written in a picture, and by chrono.
const PARTS: [(char, &str, &str); 5] = [
    ('Y', "[Y0001]-", "%Y-"),
    ('M', "[M01]-", "%m-"),
    ('D', "[D01]-", "%d-"),
    ('H', "[H01]-", "%H-"),
    ('m', "[m01]-", "%M-"),
];

/// Whether an argument is a text that this module has made already.
pub(super) fn is_dated(argument: &AstNode) -> bool {
    matches!(argument, AstNode::Function { name, .. } if name == "dated text")
}

/// The picture with the parts that it leaves out before its first one.
pub(super) fn picture(picture: &JValue) -> JValue {
    with_missing(picture, picture, |(_, picture, _)| (*picture).to_owned())
}

/// The text with the parts that the picture leaves out before its first one.
pub(super) fn text(text: &JValue, picture: &JValue, now: DateTime<Utc>) -> JValue {
    with_missing(text, picture, |(_, _, format)| now.format(format).to_string())
}

fn with_missing(text: &JValue, picture: &JValue, part: impl Fn(&(char, &str, &str)) -> String) -> JValue {
    match (text, picture) {
        (JValue::String(text), JValue::String(picture)) => {
            let missing: String = PARTS.iter().take(missing(picture)).map(part).collect();
            JValue::from(missing + text)
        }
        _ => text.clone(),
    }
}

/// How many parts are left out before the first one; none where the picture counts days, weeks or half days, or tells nothing.
fn missing(picture: &str) -> usize {
    let parts: Vec<char> = picture.split('[').skip(1).filter_map(|part| part.trim_start().chars().next()).collect();
    if parts.iter().any(|part| "XxWwFdPh".contains(*part)) {
        return 0;
    }
    PARTS.iter().position(|(part, _, _)| parts.contains(part)).unwrap_or(0)
}
