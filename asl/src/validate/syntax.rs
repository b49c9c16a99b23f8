//! JSON syntax errors in the words of Jackson, which the service reads definitions with.

use super::Rule;
use super::finding::Finding;
use crate::Pointer;

const VALUES: &str = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/// How much of the text the place of an error shows.
const SHOWN: usize = 500;

/// The finding for the error `reason` of our reader at `line` and `column` of `text`.
pub(super) fn finding(text: &str, reason: &str, line: usize, column: usize) -> Finding {
    let reason = reason.split(" at line ").next().unwrap_or(reason);
    let row = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let (message, column) = describe(row, reason, column.saturating_sub(1));
    let shown: String = text.chars().take(SHOWN).collect();
    let left_out = text.chars().count().saturating_sub(SHOWN);
    let left_out = if left_out > 0 { format!("[truncated {left_out} chars]") } else { String::new() };
    let place = format!("[Source: (String)\"{shown}\"{left_out}; line: {line}, column: {column}]");
    let mut finding = Finding::new(Rule::Json, Pointer::default(), format!("{message}\n at {place}"));
    finding.location = Some(place);
    finding
}

/// The message, and the column after what is wrong, for an error at the byte `at` of its line.
fn describe(row: &str, reason: &str, at: usize) -> (String, usize) {
    if let Some((token, end)) = token(row, at).filter(|_| matches!(reason, "expected value" | "expected ident")) {
        return (format!("Unrecognized token '{token}': was expecting {VALUES}"), end + 1);
    }
    let expected = match reason {
        "expected value" | "expected ident" => format!("expected a valid value {VALUES}"),
        "key must be a string" => "was expecting double-quote to start field name".to_owned(),
        "expected `:`" => "was expecting a colon to separate field name and value".to_owned(),
        "expected `,` or `}`" => "was expecting comma to separate Object entries".to_owned(),
        "expected `,` or `]`" => "was expecting comma to separate Array entries".to_owned(),
        "trailing comma" if row.get(at..).is_some_and(|rest| rest.starts_with('}')) => {
            "was expecting double-quote to start field name".to_owned()
        }
        "trailing comma" => format!("expected a valid value {VALUES}"),
        _ if reason.starts_with("EOF") => return ("Unexpected end-of-input".to_owned(), at + 2),
        _ => return (reason.to_owned(), at + 2),
    };
    let character = row.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('\n');
    (format!("Unexpected character ('{character}' (code {})): {expected}", u32::from(character)), at + 2)
}

/// The word around the byte `at`, and where it ends.
fn token(row: &str, at: usize) -> Option<(&str, usize)> {
    let in_word = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$');
    let (before, after) = row.split_at_checked(at)?;
    let begin = before.trim_end_matches(in_word).len();
    let end = row.len() - after.trim_start_matches(in_word).len();
    let token = row.get(begin..end).filter(|token| token.starts_with(|first: char| !first.is_ascii_digit()))?;
    Some((token, end))
}
