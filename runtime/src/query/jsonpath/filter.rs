use std::cmp::Ordering;

use fancy_regex::{Regex, RegexBuilder};

use super::path::{Step, read_steps, select_all};
use super::reader::Reader;
use crate::value::{Value, compare_numbers};

/// The condition of a filter step, `?( … )`.
#[derive(Clone, Debug)]
pub(super) enum Filter {
    And(Vec<Filter>),
    Or(Vec<Filter>),
    Not(Box<Filter>),
    /// What the path leads to is there.
    Exists(Operand),
    Comparison(Operand, Operator, Operand),
    /// `=~`: the text fits a pattern as a whole.
    Matches(Operand, Regex),
}

#[derive(Clone, Debug)]
pub(super) enum Operand {
    /// From the item, `@`.
    Item(Vec<Step>),
    /// From the value that holds the items; the service gives filters no other view of `$`.
    Whole(Vec<Step>),
    Literal(Value),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
    Contains,
    All,
    SubsetOf,
    AnyOf,
    NoneOf,
    Size,
    Empty,
}

/// The longest first, so that `<=` is not read as `<`.
const OPERATORS: [(&str, Operator); 17] = [
    ("===", Operator::Equal),
    ("!==", Operator::NotEqual),
    ("==", Operator::Equal),
    ("!=", Operator::NotEqual),
    ("<=", Operator::LessOrEqual),
    (">=", Operator::GreaterOrEqual),
    ("<", Operator::Less),
    (">", Operator::Greater),
    ("in ", Operator::In),
    ("nin ", Operator::NotIn),
    ("contains ", Operator::Contains),
    ("all ", Operator::All),
    ("subsetof ", Operator::SubsetOf),
    ("anyof ", Operator::AnyOf),
    ("noneof ", Operator::NoneOf),
    ("size ", Operator::Size),
    ("empty ", Operator::Empty),
];

impl Filter {
    /// Reads a condition in parentheses.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Filter> {
        reader.nested(|reader| {
            reader.skip_blanks();
            reader.expect("(")?;
            let filter = any(reader)?;
            reader.skip_blanks();
            reader.expect(")")?;
            Some(filter)
        })
    }

    /// Whether an item of `whole` is chosen.
    pub(super) fn accepts(&self, item: &Value, whole: &Value) -> bool {
        match self {
            Filter::And(filters) => filters.iter().all(|filter| filter.accepts(item, whole)),
            Filter::Or(filters) => filters.iter().any(|filter| filter.accepts(item, whole)),
            Filter::Not(filter) => !filter.accepts(item, whole),
            Filter::Exists(operand) => operand.value(item, whole).is_some(),
            Filter::Matches(left, pattern) => {
                left.value(item, whole).and_then(|value| pattern.is_match(value.as_str()?).ok()).unwrap_or(false)
            }
            Filter::Comparison(left, operator, right) => {
                operator.holds(left.value(item, whole).as_ref(), right.value(item, whole).as_ref())
            }
        }
    }
}

fn any(reader: &mut Reader<'_>) -> Option<Filter> {
    let all = |reader: &mut Reader<'_>| chain(reader, "&&", Filter::And, one);
    chain(reader, "||", Filter::Or, all)
}

/// Reads conditions with a word between them.
fn chain(
    reader: &mut Reader<'_>,
    word: &str,
    combine: impl Fn(Vec<Filter>) -> Filter,
    part: impl Fn(&mut Reader<'_>) -> Option<Filter>,
) -> Option<Filter> {
    let mut parts = vec![part(reader)?];
    reader.skip_blanks();
    while reader.take(word) {
        parts.push(part(reader)?);
        reader.skip_blanks();
    }
    if parts.len() == 1 { parts.pop() } else { Some(combine(parts)) }
}

fn one(reader: &mut Reader<'_>) -> Option<Filter> {
    reader.skip_blanks();
    if reader.peek() == Some('(') {
        return Filter::read(reader);
    }
    if reader.take("!") {
        return reader.nested(one).map(|filter| Filter::Not(Box::new(filter)));
    }
    let left = Operand::read(reader)?;
    reader.skip_blanks();
    if reader.take("=~") {
        return Some(Filter::Matches(left, pattern(reader)?));
    }
    match OPERATORS.iter().find(|(word, _)| reader.take(word)) {
        Some((_, operator)) => Some(Filter::Comparison(left, *operator, Operand::read(reader)?)),
        None => Some(Filter::Exists(left)),
    }
}

/// Reads a regular expression between slashes, with its flags.
fn pattern(reader: &mut Reader<'_>) -> Option<Regex> {
    reader.skip_blanks();
    reader.expect("/")?;
    let mut pattern = String::new();
    loop {
        match reader.next()? {
            '\\' => pattern.extend(['\\', reader.next()?]),
            '/' => break,
            character => pattern.push(character),
        }
    }
    let flags = reader.take_while(|flag| flag.is_ascii_alphabetic());
    let mut builder = RegexBuilder::new(&format!("^(?:{pattern})$"));
    builder
        .case_insensitive(flags.contains('i'))
        .multi_line(flags.contains('m'))
        .dot_matches_new_line(flags.contains('s'));
    builder.build().ok()
}

impl Operand {
    fn read(reader: &mut Reader<'_>) -> Option<Operand> {
        reader.skip_blanks();
        match reader.peek()? {
            '@' => {
                reader.next();
                read_steps(reader).map(Operand::Item)
            }
            '$' => {
                reader.next();
                read_steps(reader).map(Operand::Whole)
            }
            '\'' | '"' => reader.quoted().map(|text| Operand::Literal(Value::string(text))),
            _ => {
                let mut depth = 0_usize;
                let mut ahead = *reader;
                while let Some(character) = ahead.peek() {
                    match character {
                        '[' => depth += 1,
                        ']' => depth = depth.checked_sub(1)?,
                        ')' | ' ' | '&' | '|' | '=' | '!' | '<' | '>' if depth == 0 => break,
                        _ => {}
                    }
                    ahead.next();
                }
                let text = reader.rest().strip_suffix(ahead.rest())?;
                *reader = ahead;
                let json: serde_json::Value = serde_json::from_str(&text.replace('\'', "\"")).ok()?;
                Some(Operand::Literal(json.into()))
            }
        }
    }

    fn value(&self, item: &Value, whole: &Value) -> Option<Value> {
        match self {
            Operand::Item(steps) => select_all(item, steps).into_iter().next(),
            Operand::Whole(steps) => select_all(whole, steps).into_iter().next(),
            Operand::Literal(value) => Some(value.clone()),
        }
    }
}

impl Operator {
    fn holds(self, left: Option<&Value>, right: Option<&Value>) -> bool {
        let order = || compare(left?, right?);
        let [left_items, right_items] = [left, right].map(|value| value.and_then(Value::as_items));
        let lists = || left_items.zip(right_items);
        match self {
            Operator::Equal => equal(left, right),
            Operator::NotEqual => !equal(left, right),
            Operator::Less => order() == Some(Ordering::Less),
            Operator::LessOrEqual => matches!(order(), Some(Ordering::Less | Ordering::Equal)),
            Operator::Greater => order() == Some(Ordering::Greater),
            Operator::GreaterOrEqual => matches!(order(), Some(Ordering::Greater | Ordering::Equal)),
            Operator::In => right_items.is_some_and(|items| has(items, left)),
            Operator::NotIn => !right_items.is_some_and(|items| has(items, left)),
            Operator::Contains => match (left, right) {
                (Some(Value::String(text)), Some(Value::String(part))) => text.contains(part.as_ref()),
                _ => left_items.is_some_and(|items| has(items, right)),
            },
            Operator::All => lists().is_some_and(|(left, right)| right.iter().all(|item| has(left, Some(item)))),
            Operator::SubsetOf => lists().is_some_and(|(left, right)| left.iter().all(|item| has(right, Some(item)))),
            Operator::AnyOf => lists().is_some_and(|(left, right)| left.iter().any(|item| has(right, Some(item)))),
            Operator::NoneOf => lists().is_some_and(|(left, right)| !left.iter().any(|item| has(right, Some(item)))),
            Operator::Size => length(left).is_some_and(|length| right == Some(&Value::Number(length.into()))),
            Operator::Empty => length(left).is_some_and(|length| right == Some(&Value::Bool(length == 0))),
        }
    }
}

fn has(items: &[Value], wanted: Option<&Value>) -> bool {
    items.iter().any(|item| equal(Some(item), wanted))
}

fn length(value: Option<&Value>) -> Option<usize> {
    match value? {
        Value::Array(list) => Some(list.items().len()),
        Value::String(text) => Some(text.encode_utf16().count()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}

/// Whether two values are equal, where a text may be that of a number; what is missing equals what is missing.
fn equal(left: Option<&Value>, right: Option<&Value>) -> bool {
    match (left, right) {
        (Some(Value::String(text)), Some(number @ Value::Number(_))) => text.as_ref() == number.to_string(),
        (Some(number @ Value::Number(_)), Some(Value::String(text))) => text.parse().ok() == number.as_f64(),
        (Some(left), Some(right)) => compare(left, right) == Some(Ordering::Equal) || left == right,
        (left, right) => left.is_none() && right.is_none(),
    }
}

/// The order of two numbers or two texts.
fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => compare_numbers(left, right),
        _ => Some(left.as_str()?.cmp(right.as_str()?)),
    }
}
