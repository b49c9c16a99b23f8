//! Regular expressions as JavaScript and Java have them.
//!
//! The engine's are those of the crate `regex`: `\d`, `\w` and `\b` go by Unicode there, `.` leaves out only the newline, brackets nest in
//! classes, and there is neither look-around nor a back-reference. Patterns are translated, and those beyond that crate's reach are
//! matched by backtracking, with a bound on the steps.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use fancy_regex::{Captures, Regex, RegexBuilder};
use jsonata_core::ast::AstNode;
use jsonata_core::parser;
use jsonata_core::value::JValue;

use super::wanted;

/// Whether a pattern is more than the engine can do: it matches nothing at all, too, where JSONata has an error.
pub(super) fn is_beyond_engine(pattern: &str, flags: &str) -> bool {
    let matches_nothing = || compiled(&translate(pattern), flags).is_ok_and(|regex| regex.is_match("").unwrap_or(true));
    needs_backtracking(pattern) || matches_nothing()
}

fn needs_backtracking(pattern: &str) -> bool {
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
    let mut rest = pattern;
    let mut in_class = false;
    while let Some(character) = rest.chars().next() {
        let (piece, length) = translate_piece(rest, character, in_class);
        match (character, in_class, length) {
            ('[', false, 1) => in_class = true,
            (']', true, _) => in_class = false,
            _ => {}
        }
        translated.push_str(&piece);
        rest = rest.get(length..).unwrap_or_default();
    }
    translated
}

/// What the next piece of a pattern becomes, and its length.
fn translate_piece(rest: &str, character: char, in_class: bool) -> (Cow<'_, str>, usize) {
    const WITHOUT_LINE_ENDS: &str = r"[^\n\r\u{2028}\u{2029}]";
    match (character, in_class) {
        ('\\', _) => match rest.chars().nth(1) {
            Some(escaped) => (translate_escape(escaped, in_class), 1 + escaped.len_utf8()),
            None => (r"\".into(), 1),
        },
        ('.', false) => (WITHOUT_LINE_ENDS.into(), 1),
        // Any character, and none: there a bracket that comes first ends the class.
        ('[', false) if rest.starts_with("[^]") => (r"[\s\S]".into(), 3),
        ('[', false) if rest.starts_with("[]") => (r"[^\s\S]".into(), 2),
        // A brace that begins no repetition is a plain character.
        ('{', false) if !is_repetition(rest) => (r"\{".into(), 1),
        // In a class these are plain characters, and not set operations.
        ('[' | '&' | '~', true) => (format!("\\{character}").into(), 1),
        ('-', true) if rest.starts_with("--") => (r"\-".into(), 1),
        _ => (rest.get(..character.len_utf8()).unwrap_or_default().into(), character.len_utf8()),
    }
}

/// Whether a text begins with `{2}`, `{2,}` or `{2,3}`.
fn is_repetition(text: &str) -> bool {
    let bounds = text.strip_prefix('{').and_then(|text| text.split_once('}')).map(|(bounds, _)| bounds);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    bounds.is_some_and(|bounds| match bounds.split_once(',') {
        Some((least, most)) => is_number(least) && (most.is_empty() || is_number(most)),
        None => is_number(bounds),
    })
}

/// Checks that a translated pattern can be matched.
pub(super) fn check(pattern: &str, flags: &str) -> Result<(), String> {
    compiled(pattern, flags).map(|_| ())
}

/// A function of the engine that does what a pattern would do: it gives the first match and a function for the next.
///
/// The pattern is a translated one; `find` is the name of the function that answers with [`find`].
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
    let captures = regex.captures_from_pos(text, byte_of(text, start)).map_err(too_long)?;
    let Some(captures) = captures else { return Ok(JValue::Undefined) };
    let Some(whole) = captures.get(0) else { return Ok(JValue::Undefined) };
    if whole.as_str().is_empty() {
        return Err(EMPTY_MATCH.to_owned());
    }
    let fields = [
        ("match", JValue::from(whole.as_str())),
        ("start", position(text, whole.start())),
        ("end", position(text, whole.end())),
        ("groups", JValue::array(groups(&captures))),
    ];
    Ok(wanted::object(fields.into_iter().map(|(name, value)| (name.to_owned(), value))))
}

/// How often a pattern matches in a text; what cannot be matched does not.
pub(super) fn count(text: &str, pattern: &str, flags: &str) -> usize {
    compiled(pattern, flags).map_or(0, |regex| regex.find_iter(text).take_while(Result::is_ok).count())
}

/// The parts between matches, as many as the limit allows.
pub(super) fn split(text: &str, pattern: &str, flags: &str, limit: Option<usize>) -> Result<JValue, String> {
    let (mut parts, mut end) = (Vec::new(), 0);
    for found in compiled(pattern, flags)?.find_iter(text) {
        let found = found.map_err(too_long)?;
        if found.as_str().is_empty() {
            return Err(EMPTY_MATCH.to_owned());
        }
        parts.push(text.get(end..found.start()).unwrap_or_default());
        end = found.end();
    }
    parts.push(text.get(end..).unwrap_or_default());
    parts.truncate(limit.unwrap_or(usize::MAX));
    Ok(JValue::array(parts.into_iter().map(JValue::from).collect()))
}

const EMPTY_MATCH: &str = "D1004: Regular expression matches zero length string";

/// Matching gave up, having tried too much.
fn too_long(_error: fancy_regex::Error) -> String {
    "D1012: ".to_owned()
}

/// The bounds of words for the engine, and for patterns that are matched by backtracking.
const BOUNDARY: &str = r"(?-u:\b)";
const NO_BOUNDARY: &str = r"(?-u:\B)";
const BACKTRACKING_BOUNDARY: &str = "(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))";
const BACKTRACKING_NO_BOUNDARY: &str = "(?:(?<=[0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<![0-9A-Za-z_])(?![0-9A-Za-z_]))";

thread_local! {
    static COMPILED: RefCell<HashMap<(String, String), Rc<Regex>>> = RefCell::default();
}

/// Compiles a translated pattern.
fn compiled(pattern: &str, flags: &str) -> Result<Rc<Regex>, String> {
    /// How many patterns a thread keeps at most.
    const MOST: usize = 64;
    let key = (pattern.to_owned(), flags.to_owned());
    if let Some(regex) = COMPILED.with_borrow(|compiled| compiled.get(&key).cloned()) {
        return Ok(regex);
    }
    let pattern = pattern.replace(BOUNDARY, BACKTRACKING_BOUNDARY).replace(NO_BOUNDARY, BACKTRACKING_NO_BOUNDARY);
    let mut builder = RegexBuilder::new(&pattern);
    builder.case_insensitive(flags.contains('i')).multi_line(flags.contains('m'));
    let regex = Rc::new(builder.build().map_err(|error| format!("Invalid regular expression: {error}"))?);
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

fn translate_escape<'a>(escaped: char, in_class: bool) -> Cow<'a, str> {
    const SPACES: &str = r"\t-\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}";
    match (escaped, in_class) {
        ('d', _) => "[0-9]".into(),
        ('D', _) => "[^0-9]".into(),
        ('w', _) => "[0-9A-Za-z_]".into(),
        ('W', _) => "[^0-9A-Za-z_]".into(),
        ('s', _) => format!("[{SPACES}]").into(),
        ('S', _) => format!("[^{SPACES}]").into(),
        ('b', false) => BOUNDARY.into(),
        ('b', true) => r"\x08".into(),
        ('B', false) => NO_BOUNDARY.into(),
        ('0', _) => r"\x00".into(),
        // Characters that stand for themselves, some of which mean something else here.
        ('/' | '<' | '>' | '"' | '\'' | ' ' | ',' | ':' | ';' | '=' | '@' | '`' | '_' | '%' | '!', _) => {
            escaped.to_string().into()
        }
        _ => format!("\\{escaped}").into(),
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
        let found = translate(r"\d+[\w-]\b.\.[.[]");
        assert_eq!(found, r"[0-9]+[[0-9A-Za-z_]-](?-u:\b)[^\n\r\u{2028}\u{2029}]\.[.\[]");
        assert_eq!(translate("a{2,}{b}{,3}"), r"a{2,}\{b}\{,3}");
        assert_eq!(translate("[^][]"), r"[\s\S][^\s\S]");
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
            let _found_or_not = find(&format!("{}b", "a".repeat(60)), pattern, "", 0);
        }
        assert!(started.elapsed().as_secs() < 5);
    }
}
