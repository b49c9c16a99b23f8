//! Regular expressions as JavaScript and Java have them.
//!
//! The engine's are those of the crate `regex`: `\d`, `\w` and `\b` go by Unicode there, `.` leaves out only the newline, brackets nest in
//! classes, and there is neither look-around nor a back-reference. Patterns are translated, and those beyond that crate's reach are
//! matched by backtracking, with a bound on the steps.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use fancy_regex::{Captures, Regex, RegexBuilder};
use jsonata_core::ast::AstNode;
use jsonata_core::parser;
use jsonata_core::value::JValue;

use super::wanted;

/// Whether a pattern needs more than the engine can do.
pub(super) fn needs_backtracking(pattern: &str) -> bool {
    const GROUPS: [&str; 4] = ["(?=", "(?!", "(?<=", "(?<!"];
    let back_reference = |at: usize| {
        let escaped = pattern.as_bytes().get(at + 1);
        escaped.is_some_and(|byte| matches!(byte, b'1'..=b'9' | b'k'))
    };
    GROUPS.iter().any(|group| pattern.contains(group)) || escapes(pattern).any(back_reference)
}

/// The same pattern in the syntax of the crate `regex`.
pub(super) fn translate(pattern: &str) -> String {
    let mut translated = String::with_capacity(pattern.len());
    let mut characters = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(character) = characters.next() {
        match (character, in_class) {
            ('\\', _) => match characters.next() {
                Some(escaped) => translated.push_str(&translate_escape(escaped, in_class)),
                None => translated.push('\\'),
            },
            ('.', false) => translated.push_str(r"[^\n\r\u{2028}\u{2029}]"),
            ('[', false) => {
                in_class = true;
                translated.push('[');
            }
            (']', true) => {
                in_class = false;
                translated.push(']');
            }
            // In a class these are plain characters, and not set operations.
            ('[' | '&' | '~', true) => translated.extend(['\\', character]),
            ('-', true) if characters.peek() == Some(&'-') => translated.push_str(r"\-"),
            _ => translated.push(character),
        }
    }
    translated
}

/// A function of the engine that does what a pattern would do: it gives the first match and a function for the next.
///
/// `find` is the name of the function that answers with [`find`].
pub(super) fn matcher(pattern: &str, flags: &str, find: &str) -> Option<AstNode> {
    let (pattern, flags) = (serde_json::to_string(pattern).ok()?, serde_json::to_string(flags).ok()?);
    let source = format!(
        r"(
            $from := function($text, $start) {{(
                $found := ${find}($text, {pattern}, {flags}, $start);
                $exists($found) ? $merge([$found, {{ 'next': function() {{ $from($text, $found.end) }} }}])
            )}};
            function($text) {{ $from($text, 0) }}
        )"
    );
    parser::parse(&source).ok()
}

/// The first match at or after a position, as a matcher function gives it; undefined if there is none.
///
/// Positions count characters as JavaScript does.
pub(super) fn find(text: &str, pattern: &str, flags: &str, start: usize) -> Result<JValue, String> {
    let regex = compiled(pattern, flags)?;
    let captures = regex.captures_from_pos(text, byte_of(text, start)).map_err(|error| error.to_string())?;
    let Some(captures) = captures else { return Ok(JValue::Undefined) };
    let Some(whole) = captures.get(0) else { return Ok(JValue::Undefined) };
    let fields = [
        ("match", JValue::from(whole.as_str())),
        ("start", position(text, whole.start())),
        ("end", position(text, whole.end())),
        ("groups", JValue::array(groups(&captures))),
    ];
    Ok(wanted::object(fields.into_iter().map(|(name, value)| (name.to_owned(), value))))
}

/// Whether the pattern matches anywhere.
pub(super) fn contains(text: &str, pattern: &str, flags: &str) -> Result<JValue, String> {
    let found = compiled(pattern, flags)?.is_match(text).map_err(|error| error.to_string())?;
    Ok(JValue::Bool(found))
}

/// How often a pattern matches in a text; what cannot be matched does not.
pub(super) fn count(text: &str, pattern: &str, flags: &str) -> usize {
    compiled(pattern, flags).map_or(0, |regex| regex.find_iter(text).take_while(Result::is_ok).count())
}

/// The parts between matches, as many as the limit allows.
pub(super) fn split(text: &str, pattern: &str, flags: &str, limit: Option<usize>) -> Result<JValue, String> {
    let regex = compiled(pattern, flags)?;
    let parts = regex.split(text).take(limit.unwrap_or(usize::MAX));
    let parts = parts.map(|part| part.map(JValue::from).map_err(|error| error.to_string()));
    Ok(JValue::array(parts.collect::<Result<_, _>>()?))
}

thread_local! {
    static COMPILED: RefCell<HashMap<(String, String), Rc<Regex>>> = RefCell::default();
}

fn compiled(pattern: &str, flags: &str) -> Result<Rc<Regex>, String> {
    /// How many patterns a thread keeps at most.
    const MOST: usize = 64;
    let key = (pattern.to_owned(), flags.to_owned());
    if let Some(regex) = COMPILED.with_borrow(|compiled| compiled.get(&key).cloned()) {
        return Ok(regex);
    }
    let mut builder = RegexBuilder::new(&translate(pattern));
    builder.case_insensitive(flags.contains('i')).multi_line(flags.contains('m'));
    let regex = Rc::new(builder.build().map_err(|error| error.to_string())?);
    COMPILED.with_borrow_mut(|compiled| {
        if compiled.len() >= MOST {
            compiled.clear();
        }
        compiled.insert(key, Rc::clone(&regex));
    });
    Ok(regex)
}

fn groups(captures: &Captures<'_, str>) -> Vec<JValue> {
    let group =
        |group: Option<fancy_regex::Match<'_>>| group.map_or(JValue::Undefined, |group| JValue::from(group.as_str()));
    captures.iter().skip(1).map(group).collect()
}

/// Where the backslashes are that escape something.
fn escapes(pattern: &str) -> impl Iterator<Item = usize> {
    let mut escaped = false;
    pattern.bytes().enumerate().filter_map(move |(at, byte)| {
        escaped = byte == b'\\' && !escaped;
        escaped.then_some(at)
    })
}

fn translate_escape(escaped: char, in_class: bool) -> String {
    match (escaped, in_class) {
        ('d', false) => "[0-9]".to_owned(),
        ('d', true) => "0-9".to_owned(),
        ('D', _) => "[^0-9]".to_owned(),
        ('w', false) => "[0-9A-Za-z_]".to_owned(),
        ('w', true) => "0-9A-Za-z_".to_owned(),
        ('W', _) => "[^0-9A-Za-z_]".to_owned(),
        ('b', false) => r"(?-u:\b)".to_owned(),
        ('b', true) => r"\x08".to_owned(),
        ('B', false) => r"(?-u:\B)".to_owned(),
        ('/', _) => "/".to_owned(),
        _ => format!("\\{escaped}"),
    }
}

/// The byte position of the character that JavaScript counts as the given one.
fn byte_of(text: &str, position: usize) -> usize {
    let mut units = 0;
    let mut bytes = text.char_indices();
    let found = bytes.find(|(_, character)| {
        let here = units >= position;
        units += character.len_utf16();
        here
    });
    found.map_or(text.len(), |(byte, _)| byte)
}

fn position(text: &str, byte: usize) -> JValue {
    let units = text.get(..byte).map_or(0, |before| before.encode_utf16().count());
    JValue::from(i64::try_from(units).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_go_by_ascii() {
        assert_eq!(translate(r"\d+[\w-]\b.\.[.[]"), r"[0-9]+[0-9A-Za-z_-](?-u:\b)[^\n\r\u{2028}\u{2029}]\.[.\[]");
    }

    #[test]
    fn backtracking_is_told_from_plain_patterns() {
        assert!(needs_backtracking(r"a(?=b)"));
        assert!(needs_backtracking(r"(a)\1"));
        assert!(!needs_backtracking(r"(a)\\1"));
        assert!(!needs_backtracking(r"(?:a)"));
    }

    #[test]
    fn matches_are_found_by_javascripts_positions() {
        let found = find("😀ab ab", "a(?=b)", "", 3).unwrap();
        assert_eq!(found.get("start").and_then(JValue::as_f64), Some(5.0));
        assert!(find("ab", "b(?=a)", "", 0).unwrap().is_undefined());
    }

    #[test]
    fn catastrophic_patterns_end() {
        let started = std::time::Instant::now();
        for pattern in [r"^(a+)+\1$", r"(?=a)(a|aa)+$", r"^(a|a)*\1c"] {
            let _found_or_not = contains(&format!("{}b", "a".repeat(60)), pattern, "");
        }
        assert!(started.elapsed().as_secs() < 5);
    }
}
