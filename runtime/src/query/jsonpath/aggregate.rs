//! The functions that a path may end with.

use std::sync::Arc;

use stepwright_asl::jsonpath::Aggregate;

use crate::value::Value;

/// The value of a function that a path ends with.
pub(super) fn aggregated(aggregate: Aggregate, value: &Value) -> Option<Value> {
    let numbers = || -> Option<Vec<f64>> {
        let numbers = value.as_items()?.iter().filter_map(Value::as_f64).collect::<Vec<_>>();
        (!numbers.is_empty()).then_some(numbers)
    };
    match aggregate {
        Aggregate::Keys => {
            let keys = value.as_fields()?.names().map(|key| Value::String(Arc::clone(key)));
            Some(Value::array(keys.collect()))
        }
        Aggregate::Length | Aggregate::Size => {
            let length = match value {
                Value::Array(array) => array.items().len(),
                Value::Object(object) => object.fields().len(),
                Value::String(text) => text.chars().count(),
                Value::Null | Value::Bool(_) | Value::Number(_) => return None,
            };
            Some(Value::Number(length.into()))
        }
        Aggregate::Maximum => numbers()?.into_iter().reduce(f64::max).map(Value::number),
        Aggregate::Minimum => numbers()?.into_iter().reduce(f64::min).map(Value::number),
        Aggregate::Sum => Some(Value::number(numbers()?.iter().sum())),
        Aggregate::Average => numbers().map(|numbers| Value::number(mean(&numbers))),
        Aggregate::Deviation => {
            let numbers = numbers()?;
            let mean_square = mean(&numbers.iter().map(|number| number * number).collect::<Vec<_>>());
            Some(Value::number((mean_square - mean(&numbers).powi(2)).sqrt()))
        }
        Aggregate::Concatenation => {
            Some(Value::string(value.as_items()?.iter().filter_map(Value::as_str).collect::<String>()))
        }
        Aggregate::First => value.as_items()?.first().cloned(),
        Aggregate::Last => value.as_items()?.last().cloned(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "no list is that long")]
fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}
