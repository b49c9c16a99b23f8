//! The comparisons of choice rules.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};
use serde_json::Number;
use stepwright_asl::{Comparison as Definition, Operand as OperandDefinition, Relation, TypeTest};

use super::Path;
use crate::compile::Compiler;
use crate::query::View;
use crate::timestamp::parse_timestamp;
use crate::value::{Value, compare_numbers};

/// What is asked about the value that a path leads to.
#[derive(Debug)]
pub(crate) enum Comparison {
    String(Relation, Operand<String>),
    Numeric(Relation, Operand<Number>),
    Boolean(Operand<bool>),
    Timestamp(Relation, Operand<String>),
    Matches(Vec<Piece>),
    Is(TypeTest, bool),
}

#[derive(Debug)]
pub(crate) enum Operand<T> {
    Literal(T),
    Path(Path),
}

/// A piece of a pattern.
#[derive(Debug, PartialEq)]
pub(crate) enum Piece {
    Character(char),
    /// Any run of characters.
    Anything,
}

/// A path that leads nowhere.
pub(crate) struct NoValue<'p>(pub(crate) &'p Path);

impl Comparison {
    pub(crate) fn compile(compiler: &mut Compiler<'_>, definition: &Definition) -> Option<Comparison> {
        Some(match definition {
            Definition::String(relation, operand) => {
                Comparison::String(*relation, Operand::compile(compiler, operand)?)
            }
            Definition::Numeric(relation, operand) => {
                Comparison::Numeric(*relation, Operand::compile(compiler, operand)?)
            }
            Definition::Boolean(operand) => Comparison::Boolean(Operand::compile(compiler, operand)?),
            Definition::Timestamp(relation, operand) => {
                Comparison::Timestamp(*relation, Operand::compile(compiler, operand)?)
            }
            Definition::StringMatches(pattern) => Comparison::Matches(pieces(compiler, pattern)?),
            Definition::Is(test, expected) => Comparison::Is(*test, *expected),
        })
    }

    /// Whether the comparison is true of what `path` leads to, `input` standing for `$`.
    ///
    /// A value of another type than the comparison's makes it false; a path that leads nowhere is an error,
    /// except to the question whether it leads somewhere.
    pub(crate) fn holds<'p>(&'p self, path: &'p Path, input: &Value, view: &View<'_>) -> Result<bool, NoValue<'p>> {
        let found = path.find_present(input, view);
        if let Comparison::Is(TypeTest::Present, expected) = self {
            return Ok(found.is_some() == *expected);
        }
        let value = found.ok_or(NoValue(path))?;
        Ok(match self {
            Comparison::String(relation, operand) => {
                let operand = operand.value(input, view, |text| Value::string(text.as_str()))?;
                related(*relation, order(text(&value), text(&operand)))
            }
            Comparison::Numeric(relation, operand) => {
                let operand = operand.value(input, view, |number| Value::Number(number.clone()))?;
                let order = match (&value, &operand) {
                    (Value::Number(left), Value::Number(right)) => compare_numbers(left, right),
                    _ => None,
                };
                related(*relation, order)
            }
            Comparison::Boolean(operand) => {
                let operand = operand.value(input, view, |flag| Value::Bool(*flag))?;
                matches!((&value, &operand), (Value::Bool(left), Value::Bool(right)) if left == right)
            }
            Comparison::Timestamp(relation, operand) => {
                let operand = operand.value(input, view, |text| Value::string(text.as_str()))?;
                related(*relation, order(timestamp(&value), timestamp(&operand)))
            }
            Comparison::Matches(pattern) => {
                value.as_str().is_some_and(|text| matches(pattern, &text.chars().collect::<Vec<_>>()))
            }
            Comparison::Is(test, expected) => is(*test, &value) == *expected,
        })
    }
}

impl<T: Clone> Operand<T> {
    fn compile(compiler: &mut Compiler<'_>, definition: &OperandDefinition<T>) -> Option<Operand<T>> {
        match definition {
            OperandDefinition::Literal(literal) => Some(Operand::Literal(literal.clone())),
            OperandDefinition::Path(path) => compiler.path(path).map(Operand::Path),
        }
    }

    fn value(&self, input: &Value, view: &View<'_>, literal: impl Fn(&T) -> Value) -> Result<Value, NoValue<'_>> {
        match self {
            Operand::Literal(value) => Ok(literal(value)),
            Operand::Path(path) => path.find_present(input, view).ok_or(NoValue(path)),
        }
    }
}

fn related(relation: Relation, order: Option<Ordering>) -> bool {
    match (relation, order) {
        (Relation::Equals, Some(order)) => order == Ordering::Equal,
        (Relation::LessThan, Some(order)) => order == Ordering::Less,
        (Relation::GreaterThan, Some(order)) => order == Ordering::Greater,
        (Relation::LessThanEquals, Some(order)) => order != Ordering::Greater,
        (Relation::GreaterThanEquals, Some(order)) => order != Ordering::Less,
        (_, None) => false,
    }
}

fn order<T: Ord>(left: Option<T>, right: Option<T>) -> Option<Ordering> {
    Some(left?.cmp(&right?))
}

fn text(value: &Value) -> Option<&str> {
    value.as_str()
}

fn timestamp(value: &Value) -> Option<DateTime<Utc>> {
    value.as_str().and_then(parse_timestamp)
}

fn is(test: TypeTest, value: &Value) -> bool {
    match test {
        TypeTest::Null => value == &Value::Null,
        TypeTest::Present => true,
        TypeTest::Numeric => matches!(value, Value::Number(_)),
        TypeTest::String => matches!(value, Value::String(_)),
        TypeTest::Boolean => matches!(value, Value::Bool(_)),
        TypeTest::Timestamp => timestamp(value).is_some(),
    }
}

/// Takes a pattern apart: `*` is anything, `\*` a star, `\\` a backslash.
fn pieces(compiler: &mut Compiler<'_>, pattern: &str) -> Option<Vec<Piece>> {
    let mut characters = pattern.chars();
    let mut pieces = Vec::new();
    while let Some(character) = characters.next() {
        pieces.push(match character {
            '*' => Piece::Anything,
            '\\' => match characters.next() {
                Some(escaped @ ('*' | '\\')) => Piece::Character(escaped),
                _ => {
                    compiler.problem("In a pattern, a backslash only stands before * and \\");
                    return None;
                }
            },
            _ => Piece::Character(character),
        });
    }
    Some(pieces)
}

/// Whether a text fits, in time proportional to pattern times text: the last star takes as much as it has to.
fn matches(pattern: &[Piece], text: &[char]) -> bool {
    let (mut at, mut done, mut star) = (0, 0, None);
    while let Some(character) = text.get(done) {
        match pattern.get(at) {
            Some(Piece::Character(expected)) if expected == character => (at, done) = (at + 1, done + 1),
            Some(Piece::Anything) => {
                star = Some((at, done));
                at += 1;
            }
            Some(Piece::Character(_)) | None => match star {
                Some((place, taken)) => {
                    star = Some((place, taken + 1));
                    (at, done) = (place + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(at).all(|piece| *piece == Piece::Anything)
}
