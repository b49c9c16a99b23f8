use std::cmp::Ordering;

use fancy_regex::{Regex, RegexBuilder};
use stepwright_asl::jsonpath as syntax;
use stepwright_asl::jsonpath::Operator;

use super::path::{Step, compile_steps};
use super::select::{Room, select_all};
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

impl Filter {
    /// Makes a condition ready; `None` if it has a pattern that is none.
    pub(super) fn compile(filter: &syntax::Filter) -> Option<Filter> {
        let all = |filters: &[syntax::Filter]| filters.iter().map(Filter::compile).collect::<Option<Vec<_>>>();
        Some(match filter {
            syntax::Filter::And(filters) => Filter::And(all(filters)?),
            syntax::Filter::Or(filters) => Filter::Or(all(filters)?),
            syntax::Filter::Not(filter) => Filter::Not(Box::new(Filter::compile(filter)?)),
            syntax::Filter::Exists(operand) => Filter::Exists(Operand::compile(operand)?),
            syntax::Filter::Comparison(left, operator, right) => {
                Filter::Comparison(Operand::compile(left)?, *operator, Operand::compile(right)?)
            }
            syntax::Filter::Incomparable(..) => Filter::Or(Vec::new()),
            syntax::Filter::Matches(operand, pattern) => Filter::Matches(Operand::compile(operand)?, regex(pattern)?),
        })
    }

    /// Whether an item of `whole` is chosen.
    pub(super) fn accepts(&self, item: &Value, whole: &Value, room: &Room) -> bool {
        match self {
            Filter::And(filters) => filters.iter().all(|filter| filter.accepts(item, whole, room)),
            Filter::Or(filters) => filters.iter().any(|filter| filter.accepts(item, whole, room)),
            Filter::Not(filter) => !filter.accepts(item, whole, room),
            Filter::Exists(operand) => operand.value(item, whole, room).is_some(),
            Filter::Matches(left, pattern) => {
                left.value(item, whole, room).and_then(|value| pattern.is_match(value.as_str()?).ok()).unwrap_or(false)
            }
            Filter::Comparison(left, operator, right) => {
                holds(*operator, left.value(item, whole, room).as_ref(), right.value(item, whole, room).as_ref())
            }
        }
    }
}

fn regex(syntax::Pattern { text, flags }: &syntax::Pattern) -> Option<Regex> {
    /// A text is matched soon or not at all, as there may be thousands of them.
    const MOST_STEPS: usize = 50_000;
    let mut builder = RegexBuilder::new(&format!("^(?:{text})$"));
    builder
        .backtrack_limit(MOST_STEPS)
        .case_insensitive(flags.contains('i'))
        .multi_line(flags.contains('m'))
        .dot_matches_new_line(flags.contains('s'));
    builder.build().ok()
}

impl Operand {
    fn compile(operand: &syntax::Operand) -> Option<Operand> {
        Some(match operand {
            syntax::Operand::Item(steps) => Operand::Item(compile_steps(steps)?),
            syntax::Operand::Whole(steps) => Operand::Whole(compile_steps(steps)?),
            syntax::Operand::Literal(json) => Operand::Literal(json.into()),
        })
    }

    fn value(&self, item: &Value, whole: &Value, room: &Room) -> Option<Value> {
        match self {
            Operand::Item(steps) => select_all(item, steps, room).into_iter().next(),
            Operand::Whole(steps) => select_all(whole, steps, room).into_iter().next(),
            Operand::Literal(value) => Some(value.clone()),
        }
    }
}

fn holds(operator: Operator, left: Option<&Value>, right: Option<&Value>) -> bool {
    let order = || compare(left?, right?);
    let [left_items, right_items] = [left, right].map(|value| value.and_then(Value::as_items));
    let lists = || left_items.zip(right_items);
    match operator {
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
