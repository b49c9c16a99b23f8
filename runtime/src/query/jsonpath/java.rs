//! Values as Java and its JSON library print them.

use serde_json::Number;

use crate::value::Value;

/// A value as Java prints it: texts without quotes, objects as `{name=value}`.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        Value::Number(number) => self::number(number),
        Value::Null | Value::Bool(_) => value.to_string(),
        Value::Array(array) => {
            let items: Vec<_> = array.items().iter().map(text).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(object) => {
            let fields: Vec<_> =
                object.fields().iter().map(|(name, value)| format!("{name}={}", text(value))).collect();
            format!("{{{}}}", fields.join(", "))
        }
    }
}

/// The compact JSON text of a value, its numbers as Java prints them.
pub(super) fn json(value: &Value) -> String {
    match value {
        Value::Number(number) => self::number(number),
        Value::Null | Value::Bool(_) | Value::String(_) => value.to_string(),
        Value::Array(array) => {
            let items: Vec<_> = array.items().iter().map(json).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(object) => {
            let member = |(name, value): (_, _)| format!("{}:{}", Value::String(Clone::clone(name)), json(value));
            let members: Vec<_> = object.fields().iter().map(member).collect();
            format!("{{{}}}", members.join(","))
        }
    }
}

/// A number as Java prints it: a fraction has a digit before and behind the point at least, and stands with an exponent if it is below
/// a thousandth, or ten million or more.
fn number(number: &Number) -> String {
    let fraction = if number.is_f64() { number.as_f64() } else { None };
    let Some(fraction) = fraction else { return number.to_string() };
    if fraction == 0.0 || (1e-3..1e7).contains(&fraction.abs()) {
        return format!("{fraction:?}");
    }
    let text = format!("{fraction:E}");
    match text.split_once('E') {
        Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_are_printed_as_java_prints_them() {
        let print = |json: serde_json::Value| super::json(&Value::from(json));
        for (number, expected) in [
            (json!(1), "1"),
            (json!(9_007_199_254_740_993_i64), "9007199254740993"),
            (json!(1.0), "1.0"),
            (json!(-0.0), "-0.0"),
            (json!(1.5), "1.5"),
            (json!(1e10), "1.0E10"),
            (json!(9_999_999.5), "9999999.5"),
            (json!(12_345_678.9), "1.23456789E7"),
            (json!(0.001), "0.001"),
            (json!(0.0001), "1.0E-4"),
            (json!(-1.5e-7), "-1.5E-7"),
            (json!(1e300), "1.0E300"),
        ] {
            assert_eq!(print(number), expected);
        }
        assert_eq!(print(json!({ "a\"": [1e10, "x", null] })), r#"{"a\"":[1.0E10,"x",null]}"#);
    }
}
