//! The intrinsic functions, one by one.

use std::collections::HashSet;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use stepwright_asl::jsonpath::Function;

use super::java;
use super::worth::Worth;
use crate::hash;
use crate::random::{JavaRandom, Random};
use crate::value::{Fields, Value};

type Answer = Result<Value, String>;

/// The value of a function.
pub(super) fn call(function: Function, arguments: &[Value], random: &Random) -> Answer {
    match (function, arguments) {
        (Function::Array, items) => Ok(Value::array(items.to_vec())),
        (Function::ArrayContains, [list, value]) => {
            Ok(Value::Bool(items(list)?.iter().any(|item| Worth(item) == Worth(value))))
        }
        (Function::ArrayGetItem, [list, index]) => array_get_item(items(list)?, integer(index)?),
        (Function::ArrayLength, [list]) => Ok(Value::Number(items(list)?.len().into())),
        (Function::ArrayPartition, [list, size]) => array_partition(items(list)?, integer(size)?),
        (Function::ArrayRange, [first, last, step]) => array_range(integer(first)?, integer(last)?, integer(step)?),
        (Function::ArrayUnique, [list]) => Ok(array_unique(items(list)?)),
        (Function::Base64Decode, [text]) => base64_decode(short_text(text)?),
        (Function::Base64Encode, [text]) => Ok(Value::string(STANDARD.encode(short_text(text)?))),
        (Function::Format, [template, values @ ..]) => format(text(template)?, values),
        (Function::Hash, [data, algorithm]) => hash(data, text(algorithm)?),
        (Function::JsonMerge, [left, right, deep]) => json_merge(left, right, deep),
        (Function::JsonToString, [value]) => Ok(Value::string(java::json(value))),
        (Function::MathAdd, [left, right]) => math_add(integer(left)?, integer(right)?),
        (Function::MathRandom, [start, end]) => math_random(integer(start)?, integer(end)?, random.fraction()),
        (Function::MathRandom, [start, end, seed]) => {
            math_random(integer(start)?, integer(end)?, JavaRandom::seeded(integer(seed)?).fraction())
        }
        (Function::StringSplit, [whole, delimiters]) => Ok(string_split(text(whole)?, text(delimiters)?)),
        (Function::StringToJson, [text_of_json]) => string_to_json(text(text_of_json)?),
        (Function::Uuid, []) => Ok(Value::string(random.uuid().to_string())),
        (_, arguments) => Err(format!("The function cannot be called with {} arguments", arguments.len())),
    }
}

fn array_get_item(items: &[Value], index: i64) -> Answer {
    let item = usize::try_from(index).ok().and_then(|index| items.get(index));
    item.cloned().ok_or_else(|| format!("The index {index} is out of bounds of an array of {} items", items.len()))
}

fn array_partition(items: &[Value], size: i64) -> Answer {
    match usize::try_from(size) {
        Ok(size) if size > 0 => {
            Ok(Value::array(items.chunks(size).map(|chunk| Value::array(chunk.to_vec())).collect()))
        }
        _ => Err("The size of the chunks must be a positive integer".to_owned()),
    }
}

fn array_range(first: i64, last: i64, step: i64) -> Answer {
    /// The longest range that the service makes.
    const MOST: i128 = 1_000;
    let distance = i128::from(last) - i128::from(first);
    if step == 0 {
        return Err("The step must not be 0".to_owned());
    }
    let count = if distance.signum() * i128::from(step.signum()) < 0 { 0 } else { distance / i128::from(step) + 1 };
    if count > MOST {
        return Err(format!("The range has more than {MOST} items"));
    }
    let numbers = std::iter::successors(Some(first), |number| number.checked_add(step));
    let count = usize::try_from(count).unwrap_or_default();
    Ok(Value::array(numbers.take(count).map(|number| Value::Number(number.into())).collect()))
}

fn array_unique(items: &[Value]) -> Value {
    let mut seen = HashSet::new();
    Value::array(items.iter().filter(|item| seen.insert(Worth(item))).cloned().collect())
}

fn base64_decode(text: &str) -> Answer {
    let bytes = STANDARD.decode(text).map_err(|_| "The text is not valid Base64".to_owned())?;
    Ok(Value::string(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Fills the places `{}` from left to right; a backslash makes the next character plain.
fn format(template: &str, values: &[Value]) -> Answer {
    let mut values = values.iter();
    let mut formatted = String::new();
    let mut characters = template.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => formatted.push(characters.next().ok_or("The template ends with a backslash")?),
            '{' if characters.next() == Some('}') => {
                let value = values.next().ok_or("The template has more places than there are values")?;
                formatted.push_str(&java::text(value));
            }
            '{' | '}' => return Err("The template has a brace that is not escaped".to_owned()),
            _ => formatted.push(character),
        }
    }
    if values.next().is_some() {
        return Err("The template has fewer places than there are values".to_owned());
    }
    Ok(Value::string(formatted))
}

fn hash(data: &Value, algorithm: &str) -> Answer {
    let text = data.as_str().map_or_else(|| data.to_string(), str::to_owned);
    short(&text)?;
    let digest = hash::digest(text.as_bytes(), algorithm);
    digest
        .map(Value::string)
        .ok_or_else(|| format!("The hash algorithm {algorithm} is not one of {}", hash::ALGORITHMS))
}

fn json_merge(left: &Value, right: &Value, deep: &Value) -> Answer {
    if deep != &Value::Bool(false) {
        return Err("Only shallow merging is supported: the third argument must be false".to_owned());
    }
    let (Some(left), Some(right)) = (left.as_fields(), right.as_fields()) else {
        return Err("Both values must be objects".to_owned());
    };
    let mut merged: Fields = left.clone();
    merged.extend(right.iter().map(|(name, value)| (Arc::clone(name), value.clone())));
    Ok(Value::object(merged))
}

fn math_add(left: i64, right: i64) -> Answer {
    let sum = left.checked_add(right).and_then(|sum| i32::try_from(sum).ok());
    sum.map(|sum| Value::Number(sum.into())).ok_or_else(|| "The sum is out of range".to_owned())
}

fn math_random(start: i64, end: i64, fraction: f64) -> Answer {
    if start >= end {
        return Err("The start must be less than the end".to_owned());
    }
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "a place in the range, near enough"
    )]
    let offset = ((i128::from(end) - i128::from(start)) as f64 * fraction) as i128;
    let number = (i128::from(start) + offset).min(i128::from(end) - 1);
    i64::try_from(number)
        .map(|number| Value::Number(number.into()))
        .map_err(|_| "The number is out of range".to_owned())
}

fn string_split(text: &str, delimiters: &str) -> Value {
    let parts = text.split(|character| delimiters.contains(character)).filter(|part| !part.is_empty());
    Value::array(parts.map(Value::string).collect())
}

fn string_to_json(text: &str) -> Answer {
    if text.trim().is_empty() {
        return Ok(Value::Null);
    }
    let json: serde_json::Value = serde_json::from_str(text).map_err(|_| "The text is not valid JSON".to_owned())?;
    Ok(match Value::from(json) {
        // Java has no negative zero among its whole numbers.
        Value::Number(number) if number.as_f64() == Some(0.0) && !text.contains('.') => Value::number(0.0),
        value => value,
    })
}

fn items(value: &Value) -> Result<&[Value], String> {
    value.as_items().ok_or_else(|| format!("The value {value} is not an array"))
}

fn text(value: &Value) -> Result<&str, String> {
    value.as_str().ok_or_else(|| format!("The value {value} is not a string"))
}

/// A text as long as functions that encode and decode take it.
fn short_text(value: &Value) -> Result<&str, String> {
    text(value).and_then(short)
}

fn short(text: &str) -> Result<&str, String> {
    /// The service's bound.
    const MOST: usize = 10_000;
    if text.chars().count() > MOST { Err(format!("The string is longer than {MOST} characters")) } else { Ok(text) }
}

/// A number as the functions take it: rounded to the nearest whole number, halves up.
fn integer(value: &Value) -> Result<i64, String> {
    let number = match value {
        Value::Number(number) => number,
        _ => return Err(format!("The value {value} is not a number")),
    };
    #[expect(clippy::cast_possible_truncation, reason = "a cast from a float saturates")]
    let rounded = || number.as_f64().map(|number| (number + 0.5).floor() as i64);
    number.as_i64().or_else(rounded).ok_or_else(|| format!("The number {value} is out of range"))
}
