//! How long the JSON text of a value is, and how deep it goes.

use serde_json::Number;

use super::Value;

/// How large a container is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) json_len: usize,
    pub(super) depth: usize,
}

impl Size {
    /// The size of a container of the given values, each with the length of what stands before it.
    pub(super) fn of<'a>(members: impl ExactSizeIterator<Item = (usize, &'a Value)>) -> Size {
        let punctuation = 2 + members.len().saturating_sub(1);
        let empty = Size { json_len: punctuation, depth: 1 };
        members.fold(empty, |size, (before, value)| Size {
            json_len: size.json_len + before + value.json_len(),
            depth: size.depth.max(1 + value.depth()),
        })
    }
}

/// The length of a string as JSON text, quotes included.
pub(super) fn text_len(text: &str) -> usize {
    2 + text.bytes().map(escaped_len).sum::<usize>()
}

fn escaped_len(byte: u8) -> usize {
    match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0c => 2,
        0..0x20 => 6,
        _ => 1,
    }
}

pub(super) fn number_len(number: &Number) -> usize {
    match number.as_i64() {
        Some(integer) => {
            let digits = integer.unsigned_abs().checked_ilog10().unwrap_or(0) as usize + 1;
            digits + usize::from(integer < 0)
        }
        None => number.to_string().len(),
    }
}
