//! The condition of a filter step, `?( … )`.

use super::path::steps;
use super::reader::Reader;

/// The longest first, so that `<=` is not read as `<`.
const OPERATORS: [&str; 14] =
    ["==", "!=", "<=", ">=", "=~", "<", ">", "in ", "nin ", "subsetof ", "anyof ", "noneof ", "size ", "empty "];

/// Reads a condition in parentheses.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<()> {
    reader.nested(|reader| {
        reader.skip_blanks();
        reader.expect("(")?;
        loop {
            condition(reader)?;
            reader.skip_blanks();
            if !reader.take("&&") && !reader.take("||") {
                return reader.expect(")");
            }
        }
    })
}

fn condition(reader: &mut Reader<'_>) -> Option<()> {
    reader.skip_blanks();
    if reader.peek() == Some('(') {
        return read(reader);
    }
    if reader.take("!") {
        return reader.nested(condition);
    }
    operand(reader)?;
    reader.skip_blanks();
    match OPERATORS.iter().find(|operator| reader.take(operator)) {
        Some(&"=~") => pattern(reader),
        Some(_) => operand(reader),
        None => Some(()),
    }
}

fn operand(reader: &mut Reader<'_>) -> Option<()> {
    reader.skip_blanks();
    match reader.peek()? {
        '@' | '$' => {
            reader.next();
            steps(reader).map(drop)
        }
        '\'' | '"' => reader.quoted(),
        '[' => {
            reader.next();
            reader.skip_blanks();
            if reader.peek() != Some(']') {
                reader.list(operand)?;
            }
            reader.expect("]")
        }
        _ => reader.literal(|next| matches!(next, ')' | ']' | ',' | ' ' | '&' | '|' | '=' | '!' | '<' | '>')).map(drop),
    }
}

/// A regular expression between slashes, with its flags.
fn pattern(reader: &mut Reader<'_>) -> Option<()> {
    reader.skip_blanks();
    reader.expect("/")?;
    loop {
        match reader.next()? {
            '\\' => _ = reader.next()?,
            '/' => break,
            _ => {}
        }
    }
    reader.take_while(|flag| flag.is_ascii_alphabetic());
    Some(())
}
