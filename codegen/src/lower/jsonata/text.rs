//! Words of JSONata.

use std::collections::HashSet;

use serde_json::Value;

/// Words that are no names in a path.
const RESERVED: [&str; 6] = ["and", "or", "in", "true", "false", "null"];

/// `base.key`
pub(super) fn step(base: &str, key: &str) -> String {
    if is_name(key) {
        format!("{base}.{key}")
    } else if key.contains('`') {
        format!("$lookup({base}, {})", quote(key))
    } else {
        format!("{base}.`{key}`")
    }
}

fn is_name(key: &str) -> bool {
    let mut chars = key.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !RESERVED.contains(&key)
        && key != "function"
}

/// A text in quotes: single ones where possible, because the expression itself stands in a JSON text.
pub(crate) fn quote(text: &str) -> String {
    let json = Value::from(text).to_string();
    let inner = json.trim_start_matches('"').strip_suffix('"').unwrap_or_default();
    if text.contains(['\'', '"', '\\']) || text.starts_with('"') { json } else { format!("'{inner}'") }
}

/// A constant.
pub(super) fn literal(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) => quote(text),
        Value::Array(items) => format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) => {
            let fields: Vec<String> =
                fields.iter().map(|(key, value)| format!("{}: {}", quote(key), literal(value))).collect();
            format!("{{{}}}", fields.join(", "))
        }
    }
}

/// The functions of JSONata and those that Step Functions adds: a variable of such a name would hide the function.
const FUNCTIONS: &[&str] = &[
    "abs",
    "append",
    "assert",
    "average",
    "base64decode",
    "base64encode",
    "boolean",
    "ceil",
    "clone",
    "contains",
    "count",
    "decodeUrl",
    "decodeUrlComponent",
    "distinct",
    "each",
    "encodeUrl",
    "encodeUrlComponent",
    "error",
    "eval",
    "exists",
    "filter",
    "floor",
    "formatBase",
    "formatInteger",
    "formatNumber",
    "fromMillis",
    "hash",
    "join",
    "keys",
    "length",
    "lookup",
    "lowercase",
    "map",
    "match",
    "max",
    "merge",
    "millis",
    "min",
    "not",
    "now",
    "number",
    "pad",
    "parse",
    "parseInteger",
    "partition",
    "power",
    "random",
    "range",
    "reduce",
    "replace",
    "reverse",
    "round",
    "shuffle",
    "sift",
    "single",
    "sort",
    "split",
    "spread",
    "sqrt",
    "string",
    "substring",
    "substringAfter",
    "substringBefore",
    "sum",
    "toMillis",
    "trim",
    "type",
    "uppercase",
    "uuid",
    "zip",
];

/// A name that is not taken yet: the hint, or the hint with a number. It is taken afterwards.
pub(crate) fn unique(hint: &str, taken: &mut HashSet<String>) -> String {
    let clean: String = hint.trim_start_matches("r#").chars().filter(|c| c.is_alphanumeric() || *c == '_').collect();
    let clean = clean.trim_start_matches(|c: char| c == '_' || c.is_ascii_digit());
    let mut name = if clean.is_empty() { "v".to_owned() } else { clean.to_owned() };
    if FUNCTIONS.contains(&name.as_str()) {
        name.push('_');
    }
    let base = name.clone();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{base}{number}");
        number += 1;
    }
    name
}
