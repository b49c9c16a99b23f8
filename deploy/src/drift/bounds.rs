//! Keywords of JSON Schema that bound numbers, lengths and forms.

use serde_json::{Map, Value};

use super::schema::kinds;

/// Keywords that bound values from below and from above.
const LOWER: [&str; 5] = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];
const UPPER: [&str; 5] = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];
/// Keywords that bound values in a way that only the same value is sure to include.
const EXACT: [&str; 4] = ["pattern", "multipleOf", "uniqueItems", "propertyNames"];

/// The keywords by which less is taken than is given.
pub(super) fn bounds(given: &Map<String, Value>, taken: &Map<String, Value>) -> Vec<String> {
    let narrower = |word: &&&str, is_narrower: fn(f64, f64) -> bool| match (bound(given, word), bound(taken, word)) {
        (Some(given), Some(taken)) => is_narrower(given, taken),
        // Nothing is shorter than nothing.
        (None, Some(taken)) => taken != 0.0 || word.ends_with("imum"),
        (_, None) => false,
    };
    let lower = LOWER.iter().filter(|word| narrower(word, |given, taken| given < taken));
    let upper = UPPER.iter().filter(|word| narrower(word, |given, taken| given > taken));
    let exact = EXACT.iter().filter(|word| taken.get(**word).is_some_and(|taken| given.get(**word) != Some(taken)));
    let mut words: Vec<_> = lower.chain(upper).chain(exact).map(|word| (*word).to_owned()).collect();
    // Formats of numbers are ranges, which are compared as such.
    if let Some(format) =
        taken.get("format").filter(|format| format.as_str().is_some_and(|format| range(format, "maximum").is_none()))
        && given.get("format") != Some(format)
        && kinds(taken).is_none_or(|kinds| kinds.contains(&"string"))
    {
        words.push("format".to_owned());
    }
    words
}

/// Whether a value keeps the bounds of a schema, but for patterns and formats of texts.
pub(super) fn keeps(value: &Value, words: &Map<String, Value>) -> bool {
    let (lower, upper, measure) = match value {
        Value::Number(number) => ("minimum", "maximum", number.as_f64()),
        Value::String(text) => ("minLength", "maxLength", count(text.chars().count())),
        Value::Array(items) => ("minItems", "maxItems", count(items.len())),
        Value::Object(members) => ("minProperties", "maxProperties", count(members.len())),
        Value::Null | Value::Bool(_) => return true,
    };
    let within = |word, is_within: fn(&f64, &f64) -> bool| {
        bound(words, word).zip(measure).is_none_or(|(bound, measure)| is_within(&measure, &bound))
    };
    let exclusive = !value.is_number() || within("exclusiveMinimum", f64::gt) && within("exclusiveMaximum", f64::lt);
    within(lower, f64::ge) && within(upper, f64::le) && exclusive
}

fn count(number: usize) -> Option<f64> {
    u32::try_from(number).ok().map(f64::from)
}

/// What a keyword, or the format of a number, bounds values by.
fn bound(words: &Map<String, Value>, word: &str) -> Option<f64> {
    let own = words.get(word).and_then(Value::as_f64);
    own.or_else(|| range(words.get("format")?.as_str()?, word))
}

/// The bounds that the format of a number stands for.
fn range(format: &str, word: &str) -> Option<f64> {
    let bits: i32 = format.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    let (lowest, highest) = match format.trim_end_matches(|c: char| c.is_ascii_digit()) {
        "int" => (-(2f64.powi(bits - 1)), 2f64.powi(bits - 1) - 1.0),
        "uint" => (0.0, 2f64.powi(bits) - 1.0),
        _ => return None,
    };
    match word {
        "minimum" => Some(lowest),
        "maximum" => Some(highest),
        _ => None,
    }
}
