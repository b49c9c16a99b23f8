use std::cmp::Ordering;

use super::path::{Step, read_steps, select_all};
use super::reader::Reader;
use crate::value::Value;

/// The condition of a filter step, `?( … )`.
#[derive(Clone, Debug)]
pub(super) enum Filter {
    And(Vec<Filter>),
    Or(Vec<Filter>),
    Not(Box<Filter>),
    /// What the path leads to is there.
    Exists(Operand),
    Comparison(Operand, Operator, Operand),
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
}

/// The longest first, so that `<=` is not read as `<`.
const OPERATORS: [(&str, Operator); 8] = [
    ("==", Operator::Equal),
    ("!=", Operator::NotEqual),
    ("<=", Operator::LessOrEqual),
    (">=", Operator::GreaterOrEqual),
    ("<", Operator::Less),
    (">", Operator::Greater),
    ("in ", Operator::In),
    ("nin ", Operator::NotIn),
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
    match OPERATORS.iter().find(|(word, _)| reader.take(word)) {
        Some((_, operator)) => Some(Filter::Comparison(left, *operator, Operand::read(reader)?)),
        None => Some(Filter::Exists(left)),
    }
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
        let contains = |list: Option<&Value>| {
            list.and_then(Value::as_items).is_some_and(|items| left.is_some_and(|left| items.contains(left)))
        };
        let order = || compare(left?, right?);
        let equal = match (left, right) {
            (Some(left), Some(right)) => compare(left, right) == Some(Ordering::Equal) || left == right,
            (left, right) => left.is_none() && right.is_none(),
        };
        match self {
            Operator::Equal => equal,
            Operator::NotEqual => !equal,
            Operator::Less => order() == Some(Ordering::Less),
            Operator::LessOrEqual => matches!(order(), Some(Ordering::Less | Ordering::Equal)),
            Operator::Greater => order() == Some(Ordering::Greater),
            Operator::GreaterOrEqual => matches!(order(), Some(Ordering::Greater | Ordering::Equal)),
            Operator::In => contains(right),
            Operator::NotIn => !contains(right),
        }
    }
}

/// The order of two numbers or two texts.
fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    match (left.as_f64(), right.as_f64()) {
        (Some(left), Some(right)) => left.partial_cmp(&right),
        _ => Some(left.as_str()?.cmp(right.as_str()?)),
    }
}
