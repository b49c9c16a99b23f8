//! What each function answers.

use std::rc::Rc;

use jsonata_core::evaluator::EvaluatorError;
use jsonata_core::value::JValue;

use crate::hash;
use crate::query::jsonata::memory::Excess;
use crate::query::jsonata::messages::MEMORY;
use crate::query::jsonata::unique_keys::Unique;
use crate::query::jsonata::{bridge, regex, signature};
use crate::random::JavaRandom;
use crate::value::Value;

type Answer = Result<JValue, EvaluatorError>;

/// The first argument, if a check of the arguments finds nothing.
pub(super) fn checked<const N: usize>(
    arguments: &[JValue],
    check: impl FnOnce([&JValue; N]) -> Result<(), Excess>,
) -> Answer {
    match check(std::array::from_fn(|position| argument(arguments, position))) {
        Ok(()) => Ok(argument(arguments, 0).clone()),
        Err(Excess) => Err(coded(MEMORY)),
    }
}

/// What a call with too many arguments raises; only calls are counted, as `$map` gives more than a function takes.
pub(super) fn surplus_argument(arguments: &[JValue]) -> Answer {
    let position = number(arguments, 1, "error")?.map_or(0, whole);
    Err(mismatch(usize::try_from(position).unwrap_or_default(), argument(arguments, 0).as_str().unwrap_or_default()))
}

/// A picture or a time zone for `$now`, which is a text if it is there.
pub(super) fn now_argument(arguments: &[JValue]) -> Answer {
    let position = number(arguments, 1, "now")?.map_or(0, whole);
    match argument(arguments, 0) {
        JValue::String(_) | JValue::Undefined => Ok(argument(arguments, 0).clone()),
        _ => Err(mismatch(usize::try_from(position).unwrap_or_default(), "now")),
    }
}

fn mismatch(position: usize, function: &str) -> EvaluatorError {
    coded(signature::of_argument(position, function))
}

fn coded(message: impl Into<String>) -> EvaluatorError {
    EvaluatorError::EvaluationError(message.into())
}

/// The argument at a position; one that is missing is undefined.
pub(super) fn argument(arguments: &[JValue], position: usize) -> &JValue {
    arguments.get(position).unwrap_or(&JValue::Undefined)
}

/// The number at a position (from 0), or nothing where there is none.
pub(super) fn number(arguments: &[JValue], position: usize, function: &str) -> Result<Option<f64>, EvaluatorError> {
    match argument(arguments, position) {
        JValue::Undefined => Ok(None),
        JValue::Number(number) => Ok(Some(*number)),
        _ => Err(mismatch(position + 1, function)),
    }
}

/// The text at a position (from 0), or nothing where there is none.
fn text<'a>(arguments: &'a [JValue], position: usize, function: &str) -> Result<Option<&'a Rc<str>>, EvaluatorError> {
    match argument(arguments, position) {
        JValue::Undefined => Ok(None),
        JValue::String(text) => Ok(Some(text)),
        _ => Err(mismatch(position + 1, function)),
    }
}

/// A copy of an object or a list.
pub(super) fn clone_of(value: &JValue) -> Answer {
    match value {
        JValue::Object(_) | JValue::Array(_) | JValue::Undefined => Ok(value.clone()),
        _ => Err(mismatch(1, "clone")),
    }
}

/// Whether a text has a part that matches a pattern.
pub(super) fn contains(arguments: &[JValue]) -> Answer {
    let found = find(arguments, 0.0, "contains")?;
    Ok(if argument(arguments, 0).is_undefined() { found } else { JValue::Bool(!found.is_undefined()) })
}

/// The parts of a text between the matches of a pattern.
pub(super) fn split(arguments: &[JValue]) -> Answer {
    let [text, pattern, flags] = [0, 1, 2].map(|position| text(arguments, position, "split"));
    let (Some(text), Some(pattern), Some(flags)) = (text?, pattern?, flags?) else { return Ok(JValue::Undefined) };
    let limit = number(arguments, 3, "split")?.map(|limit| usize::try_from(whole(limit)).unwrap_or(0));
    regex::split(text, pattern, flags, limit).map_err(coded)
}

/// The first match of a pattern from a position on.
pub(super) fn find(arguments: &[JValue], start: f64, function: &str) -> Answer {
    let [text, pattern, flags] = [0, 1, 2].map(|position| text(arguments, position, function));
    let (Some(text), Some(pattern), Some(flags)) = (text?, pattern?, flags?) else { return Ok(JValue::Undefined) };
    regex::find(text, pattern, flags, usize::try_from(whole(start)).unwrap_or(0)).map_err(coded)
}

pub(super) fn partition(arguments: &[JValue]) -> Answer {
    let items = match argument(arguments, 0) {
        JValue::Undefined => return Ok(JValue::Undefined),
        JValue::Array(items) if items.is_empty() => return Ok(JValue::Undefined),
        JValue::Array(items) => items,
        _ => return Err(coded(signature::of_items(1, "partition", 'x'))),
    };
    let Some(size) = number(arguments, 1, "partition")? else {
        return Ok(JValue::array(vec![JValue::Array(items.clone())]));
    };
    match whole(size) {
        size if size < 0 => Err(coded("D3137: Second argument must be zero or greater")),
        0 => Ok(JValue::Undefined),
        size => {
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            Ok(JValue::array(items.chunks(size).map(|chunk| JValue::array(chunk.to_vec())).collect()))
        }
    }
}

pub(super) fn range(arguments: &[JValue]) -> Answer {
    /// What the service's memory limit leaves room for.
    const MOST: i64 = 360_145;
    let bound = |position| Ok::<_, EvaluatorError>(number(arguments, position, "range")?.map(whole));
    let (Some(start), Some(end), Some(step)) = (bound(0)?, bound(1)?, bound(2)?) else {
        return Ok(JValue::Undefined);
    };
    let distance = i128::from(end) - i128::from(start);
    if step == 0 || distance.signum() * i128::from(step.signum()) < 0 {
        return Ok(JValue::Undefined);
    }
    let count = distance / i128::from(step) + 1;
    if count > i128::from(MOST) {
        return Err(coded(MEMORY));
    }
    let mut numbers = std::iter::successors(Some(start), |number| number.checked_add(step)).map(JValue::from);
    match usize::try_from(count).unwrap_or(0) {
        1 => Ok(JValue::from(start)),
        count => Ok(JValue::array(numbers.by_ref().take(count).collect())),
    }
}

pub(super) fn hash_of(arguments: &[JValue]) -> Answer {
    let (Some(data), Some(algorithm)) = (text(arguments, 0, "hash")?, text(arguments, 1, "hash")?) else {
        return Ok(JValue::Undefined);
    };
    let digest = hash::digest(data.as_bytes(), algorithm)
        .ok_or_else(|| coded(format!("D3137: Hash algorithm '{algorithm}' must be one of {}", hash::ALGORITHMS)))?;
    Ok(JValue::from(digest))
}

/// The number for a seed; without one there is none.
pub(super) fn seeded(arguments: &[JValue]) -> Result<Option<JValue>, EvaluatorError> {
    Ok(number(arguments, 0, "random")?.map(|seed| JValue::Number(JavaRandom::seeded(whole(seed)).fraction())))
}

pub(super) fn parse(arguments: &[JValue]) -> Answer {
    let Some(text) = text(arguments, 0, "parse")? else { return Ok(JValue::Undefined) };
    let invalid = || coded("D3137: Invalid JSON");
    let Unique(json) = serde_json::from_str(text).map_err(|_| invalid())?;
    Ok(bridge::to_engine(&Value::from(json)))
}

/// The whole part of a number.
#[expect(clippy::cast_possible_truncation, reason = "a cast from a float saturates, and bounds are checked afterwards")]
fn whole(number: f64) -> i64 {
    number as i64
}
