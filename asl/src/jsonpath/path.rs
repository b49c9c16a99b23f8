//! Jayway's paths.

use super::filter;
use super::reader::Reader;

/// A path into the input, the context object or a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Path<'t> {
    /// Where it begins.
    pub root: Root<'t>,
    /// Whether it names one place by names and positions only, as a reference path does.
    pub is_reference: bool,
}

/// Where a path begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root<'t> {
    /// `$`
    Input,
    /// `$$`
    Context,
    /// `$name`
    Variable(&'t str),
}

const FUNCTIONS: [&str; 12] =
    ["min", "max", "avg", "stddev", "length", "sum", "keys", "concat", "append", "size", "first", "last"];

impl<'t> Path<'t> {
    /// Reads a path; `None` if the text is none.
    #[must_use]
    pub fn parse(text: &'t str) -> Option<Self> {
        let mut reader = Reader::new(text);
        let path = Self::read(&mut reader)?;
        reader.is_at_end().then_some(path)
    }

    /// Reads a path as far as it goes.
    pub(super) fn read(reader: &mut Reader<'t>) -> Option<Self> {
        reader.expect("$")?;
        let root = match reader.take_while(|character| character.is_alphanumeric() || character == '_') {
            "" if reader.take("$") => Root::Context,
            "" => Root::Input,
            name => Root::Variable(name),
        };
        Some(Self { root, is_reference: steps(reader)? })
    }
}

/// Reads the steps of a path; whether all of them are those of a reference path.
pub(super) fn steps(reader: &mut Reader<'_>) -> Option<bool> {
    let mut is_reference = true;
    loop {
        let step = if reader.take("..") {
            if reader.peek() != Some('[') {
                name(reader)?;
            }
            false
        } else if reader.take(".") {
            // `$.[0]` is read like `$[0]`.
            reader.peek() == Some('[') || name(reader)?
        } else if reader.take("[") {
            bracket(reader)?
        } else {
            return Some(is_reference);
        };
        is_reference &= step;
    }
}

fn name(reader: &mut Reader<'_>) -> Option<bool> {
    if reader.take("*") {
        return Some(false);
    }
    let name =
        reader.take_while(|character| !matches!(character, '.' | '[' | ']' | '(' | ')' | ',' | ' ' | '\'' | '"'));
    if reader.take("()") {
        return FUNCTIONS.contains(&name).then_some(false);
    }
    (!name.is_empty()).then_some(!name.contains(['@', ':', '?', '*']))
}

fn bracket(reader: &mut Reader<'_>) -> Option<bool> {
    reader.skip_blanks();
    let is_reference = match reader.peek()? {
        '*' => {
            reader.next();
            false
        }
        '?' => {
            reader.next();
            filter::read(reader)?;
            false
        }
        '\'' | '"' => reader.list(Reader::quoted)? == 1,
        _ => positions(reader)?,
    };
    reader.skip_blanks();
    reader.expect("]")?;
    Some(is_reference)
}

fn positions(reader: &mut Reader<'_>) -> Option<bool> {
    let mut ahead = *reader;
    let first = ahead.integer();
    if ahead.take(":") {
        ahead.integer();
        *reader = ahead;
        return Some(false);
    }
    let count = reader.list(|reader| reader.integer().map(drop))?;
    Some(count == 1 && first? >= 0)
}
