//! Whether schemas still fit: what was valid input has to stay valid, and output has to be what was promised before.
//!
//! Both are one question: is every value of one schema a value of another? The rules are those of JSON Schema 2020-12 for what
//! schemas of data types consist of: types, members, items, alternatives, literal values, bounds. Members that a schema does not
//! speak of count as not there, since nobody reads them; so a new optional field breaks nothing.

use serde_json::{Map, Value};

use super::bounds::{bounds, keeps};

/// Something that worked with the deployed version and does not with this one.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// Whose schema it is.
    pub side: Side,
    /// Where in the data: a JSON pointer, with `*` for any item and any key.
    pub pointer: String,
    /// What is broken.
    pub broken: Broken,
}

/// Which data a schema is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What executions are started with: nothing may be refused that was taken before.
    Input,
    /// What executions end with: nothing may come that did not come before.
    Output,
}

/// What is broken; in terms of input: what is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum Broken {
    /// That the value is absent.
    Required,
    /// A type.
    Type(String),
    /// A literal value.
    Value(Value),
    /// That the value is there.
    Unexpected,
    /// Some values, by the keyword that bounds them.
    Bound(String),
    /// All values.
    Never,
}

/// What is broken about input or output, given the schemas as deployed and as of now.
#[must_use]
pub fn breaks(side: Side, deployed: &Value, ours: &Value) -> Vec<Break> {
    let (given, taken) = match side {
        Side::Input => (deployed, ours),
        Side::Output => (ours, deployed),
    };
    let mut check = Check { given_root: given, taken_root: taken, open: Vec::new() };
    let mut breaks: Vec<Break> = Vec::new();
    for (pointer, broken) in check.within(given, taken, "") {
        let found = Break { side, pointer, broken };
        // Alternatives may break in the same way.
        if !breaks.contains(&found) {
            breaks.push(found);
        }
    }
    breaks
}

type Found = Vec<(String, Broken)>;

/// Whether the values that are given are among those that are taken.
struct Check<'a> {
    given_root: &'a Value,
    taken_root: &'a Value,
    /// References that are being checked: recursive types come back to them.
    open: Vec<(String, String)>,
}

impl Check<'_> {
    fn within(&mut self, given: &Value, taken: &Value, at: &str) -> Found {
        let key = (given.to_string(), taken.to_string());
        if self.open.contains(&key) {
            return Vec::new();
        }
        self.open.push(key);
        let given = resolved(given, self.given_root);
        let taken = resolved(taken, self.taken_root);
        let found = self.resolved_within(&given, &taken, at);
        self.open.pop();
        found
    }

    fn resolved_within(&mut self, given: &Value, taken: &Value, at: &str) -> Found {
        match (given, taken) {
            (Value::Bool(false), _) | (_, Value::Bool(true)) => return Vec::new(),
            (_, Value::Bool(false)) => return vec![(at.to_owned(), Broken::Never)],
            _ => {}
        }
        let empty = Map::new();
        let (given_words, taken_words) = (given.as_object().unwrap_or(&empty), taken.as_object().unwrap_or(&empty));
        if let Some(alternatives) = alternatives(given_words) {
            return alternatives.iter().flat_map(|given| self.within(given, taken, at)).collect();
        }
        if let Some(values) = literals(given_words) {
            return values
                .iter()
                .filter(|value| !self.takes(taken, value))
                .map(|value| (at.to_owned(), Broken::Value(value.clone())))
                .collect();
        }
        if let Some(kinds) = given_words.get("type").and_then(Value::as_array) {
            let of = |kind: &Value| with(given_words, "type", kind.clone());
            let given: Vec<_> = kinds.iter().map(of).collect();
            return given.iter().flat_map(|given| self.resolved_within(given, taken, at)).collect();
        }
        if let Some(alternatives) = alternatives(taken_words) {
            return self.within_one(given, &alternatives, at);
        }
        if let Some(values) = literals(taken_words) {
            return not_among(given_words, &values).map(|broken| (at.to_owned(), broken)).into_iter().collect();
        }
        if let Some(broken) = refused_type(given_words, taken_words) {
            return vec![(at.to_owned(), broken)];
        }
        let mut found = self.members(given_words, taken_words, at);
        found.extend(self.items(given_words, taken_words, at));
        found.extend(bounds(given_words, taken_words).into_iter().map(|word| (at.to_owned(), Broken::Bound(word))));
        found
    }

    /// One alternative that takes all; else what the closest does not.
    fn within_one(&mut self, given: &Value, alternatives: &[Value], at: &str) -> Found {
        let tries = alternatives.iter().map(|taken| self.within(given, taken, at));
        tries.min_by_key(|found| found.iter().map(|(_, broken)| weight(broken)).sum::<usize>()).unwrap_or_default()
    }

    fn members(&mut self, given: &Map<String, Value>, taken: &Map<String, Value>, at: &str) -> Found {
        let (given_members, taken_members) = (object(given, "properties"), object(taken, "properties"));
        let (always, required) = (names(given), names(taken));
        let mut found = Vec::new();
        for name in required.iter().filter(|name| !always.contains(name)) {
            found.push((below(at, name), Broken::Required));
        }
        for (name, member) in given_members {
            match (taken_members.get(name), taken.get("additionalProperties")) {
                (Some(taken), _) => found.extend(self.within(member, taken, &below(at, name))),
                (None, Some(Value::Bool(false))) => found.push((below(at, name), Broken::Unexpected)),
                (None, Some(others)) => found.extend(self.within(member, others, &below(at, name))),
                (None, None) => {}
            }
        }
        // Any key of a map may be one that the other schema speaks of.
        if let Some(others @ Value::Object(_)) = given.get("additionalProperties") {
            for (name, member) in taken_members.iter().filter(|(name, _)| !given_members.contains_key(*name)) {
                found.extend(self.within(others, member, &below(at, name)));
            }
        }
        match (given.get("additionalProperties"), taken.get("additionalProperties")) {
            (Some(Value::Bool(false)), _) | (_, None | Some(Value::Bool(true))) => {}
            (Some(given), Some(taken)) => found.extend(self.within(given, taken, &below(at, "*"))),
            (None, Some(Value::Bool(false))) if is_object(given) => found.push((below(at, "*"), Broken::Unexpected)),
            (None, Some(_)) => {}
        }
        found
    }

    fn items(&mut self, given: &Map<String, Value>, taken: &Map<String, Value>, at: &str) -> Found {
        let any = Value::Bool(true);
        let firsts = |words: &Map<String, Value>| {
            words.get("prefixItems").and_then(Value::as_array).cloned().unwrap_or_default()
        };
        let (given_firsts, taken_firsts) = (firsts(given), firsts(taken));
        let (given_rest, taken_rest) = (given.get("items").unwrap_or(&any), taken.get("items").unwrap_or(&any));
        let mut found = Vec::new();
        for index in 0..given_firsts.len().max(taken_firsts.len()) {
            let given = given_firsts.get(index).unwrap_or(given_rest);
            let taken = taken_firsts.get(index).unwrap_or(taken_rest);
            found.extend(self.within(given, taken, &below(at, &index.to_string())));
        }
        found.extend(self.within(given_rest, taken_rest, &below(at, "*")));
        found
    }

    /// Whether a literal value is taken, as far as its type and the literals among its members tell.
    fn takes(&self, taken: &Value, value: &Value) -> bool {
        let taken = resolved(taken, self.taken_root);
        let Some(words) = taken.as_object() else { return taken != Value::Bool(false) };
        if let Some(alternatives) = alternatives(words) {
            return alternatives.iter().any(|taken| self.takes(taken, value));
        }
        if let Some(values) = literals(words) {
            return values.contains(value);
        }
        let of_kind = kinds(words).is_none_or(|kinds| kinds.iter().any(|kind| is_of(value, kind)));
        of_kind && keeps(value, words)
    }
}

/// How far an alternative is from what is given: another type, or another literal, is another alternative.
fn weight(broken: &Broken) -> usize {
    match broken {
        Broken::Type(_) | Broken::Value(_) | Broken::Never => 100,
        Broken::Required | Broken::Unexpected | Broken::Bound(_) => 1,
    }
}

/// Why not all values of a schema without literals are among some.
fn not_among(given: &Map<String, Value>, values: &[Value]) -> Option<Broken> {
    let all: &[Value] = match given.get("type").and_then(Value::as_str) {
        Some("boolean") => &[Value::Bool(false), Value::Bool(true)],
        Some("null") => &[Value::Null],
        Some(kind) if !values.iter().any(|value| is_of(value, kind)) => return Some(Broken::Type(kind.to_owned())),
        _ => return Some(Broken::Bound("enum".to_owned())),
    };
    all.iter().find(|value| !values.contains(value)).map(|value| Broken::Value(value.clone()))
}

/// The schema that a reference leads to, with what stands beside it, and with all parts of `allOf`.
fn resolved(schema: &Value, root: &Value) -> Value {
    let mut schema = schema.clone();
    // References to references end somewhere, and those in a circle mean nothing.
    for _ in 0..16 {
        let Some(words) = schema.as_object_mut() else { break };
        let mut parts: Vec<Value> = Vec::new();
        if let Some(reference) = words.remove("$ref") {
            let pointer = reference.as_str().and_then(|text| text.strip_prefix('#')).unwrap_or_default().to_owned();
            parts.extend(root.pointer(&pointer).cloned());
        }
        match words.remove("allOf") {
            Some(Value::Array(all)) => parts.extend(all),
            Some(_) | None if parts.is_empty() => break,
            _ => {}
        }
        for part in parts {
            merge(words, part);
        }
    }
    schema
}

/// Puts the words of another schema that holds as well into `words`.
fn merge(words: &mut Map<String, Value>, other: Value) {
    let Value::Object(other) = other else { return };
    for (word, value) in other {
        match (word.as_str(), words.get_mut(&word), value) {
            ("properties" | "$defs", Some(Value::Object(known)), Value::Object(more)) => known.extend(more),
            ("required" | "allOf", Some(Value::Array(known)), Value::Array(more)) => known.extend(more),
            (_, Some(_), _) => {}
            (_, None, value) => {
                words.insert(word, value);
            }
        }
    }
}

/// The alternatives of a schema, each with what holds for all of them.
fn alternatives(words: &Map<String, Value>) -> Option<Vec<Value>> {
    let (word, all) = ["anyOf", "oneOf"].iter().find_map(|word| Some((*word, words.get(*word)?.as_array()?)))?;
    let mut common = words.clone();
    common.remove(word);
    Some(all.iter().map(|one| both(one, &common)).collect())
}

fn both(one: &Value, common: &Map<String, Value>) -> Value {
    let mut one = one.clone();
    if let Some(words) = one.as_object_mut() {
        merge(words, Value::Object(common.clone()));
    }
    one
}

/// The values of `enum` or `const`.
fn literals(words: &Map<String, Value>) -> Option<Vec<Value>> {
    match (words.get("const"), words.get("enum")) {
        (Some(value), _) => Some(vec![value.clone()]),
        (None, Some(Value::Array(values))) => Some(values.clone()),
        _ => None,
    }
}

fn with(words: &Map<String, Value>, word: &str, value: Value) -> Value {
    let mut words = words.clone();
    words.insert(word.to_owned(), value);
    Value::Object(words)
}

/// The types that a schema allows; `None` if it allows all.
pub(super) fn kinds(words: &Map<String, Value>) -> Option<Vec<&str>> {
    match words.get("type")? {
        Value::String(kind) => Some(vec![kind]),
        Value::Array(kinds) => Some(kinds.iter().filter_map(Value::as_str).collect()),
        _ => None,
    }
}

/// What is broken where a type is given that is not taken.
fn refused_type(given: &Map<String, Value>, taken: &Map<String, Value>) -> Option<Broken> {
    let taken = kinds(taken)?;
    let takes = |kind: &str| taken.contains(&kind) || (kind == "integer" && taken.contains(&"number"));
    match kinds(given) {
        Some(given) => given.into_iter().find(|kind| !takes(kind)).map(|kind| Broken::Type(kind.to_owned())),
        None => Some(Broken::Bound("type".to_owned())),
    }
}

/// Whether a value is of a type.
fn is_of(value: &Value, kind: &str) -> bool {
    match value {
        Value::Null => kind == "null",
        Value::Bool(_) => kind == "boolean",
        Value::Number(number) => kind == "number" || (kind == "integer" && !number.is_f64()),
        Value::String(_) => kind == "string",
        Value::Array(_) => kind == "array",
        Value::Object(_) => kind == "object",
    }
}

fn is_object(words: &Map<String, Value>) -> bool {
    kinds(words).is_none_or(|kinds| kinds.contains(&"object"))
}

fn object<'v>(words: &'v Map<String, Value>, word: &str) -> &'v Map<String, Value> {
    static EMPTY: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    words.get(word).and_then(Value::as_object).unwrap_or(&EMPTY)
}

/// The names of the members that are always there.
fn names(words: &Map<String, Value>) -> Vec<&str> {
    words.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

/// The pointer to a member.
fn below(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}
