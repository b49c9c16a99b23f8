//! Whether a value has a shape, in the words of the service.

use serde_json::{Map, Value};

use crate::model::{Bounds, ServiceModel, Shape};
use crate::spelling::Spelling;

/// How much of a shape a value must have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// All that is required, and all that is there has to fit.
    #[default]
    Strict,
    /// What is there has to fit.
    Present,
}

/// The first field that does not have its shape. Members that the shape does not know are ignored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// A field that must be there is not.
    #[error("Required field '{0}' is missing")]
    Missing(String),
    /// A field is there, but not as it must be.
    #[error("Field '{field}' {problem}")]
    Wrong {
        /// The field's own name, without those around it.
        field: String,
        /// What is wrong with it.
        problem: &'static str,
    },
}

impl ServiceModel {
    /// Compares an object with the named shape; its members are named as the kind of integration spells them.
    ///
    /// Objects with a member too little or too much for a union, and texts that do not match a pattern, are not found.
    ///
    /// # Errors
    ///
    /// The first field that does not fit.
    pub fn check(
        &self,
        shape: &str,
        object: &Map<String, Value>,
        spelling: Spelling,
        strictness: Strictness,
    ) -> Result<(), Mismatch> {
        Check { model: self, spelling, strictness }.object(shape, object)
    }
}

/// A comparison of a value with shapes of a model.
struct Check<'m> {
    model: &'m ServiceModel,
    spelling: Spelling,
    strictness: Strictness,
}

impl Check<'_> {
    fn object(&self, shape: &str, object: &Map<String, Value>) -> Result<(), Mismatch> {
        let Some(Shape::Structure { members, required, document: false, .. }) = self.model.shapes.get(shape) else {
            return Ok(());
        };
        if self.strictness == Strictness::Strict {
            let mut names = required.iter().map(|name| self.spelling.key(name));
            if let Some(missing) = names.find(|name| !object.contains_key(name)) {
                return Err(Mismatch::Missing(missing));
            }
        }
        members.iter().try_for_each(|(name, member)| {
            let name = self.spelling.key(name);
            object.get(&name).map_or(Ok(()), |value| self.field(&name, &member.shape, value))
        })
    }

    /// Compares what is in a field, at any depth of lists and maps.
    fn field(&self, field: &str, shape: &str, value: &Value) -> Result<(), Mismatch> {
        let wrong = |problem| Err(Mismatch::Wrong { field: field.to_owned(), problem });
        match (self.model.shapes.get(shape), value) {
            (None | Some(Shape::Structure { document: true, .. }), _) => Ok(()),
            (Some(Shape::Structure { .. }), Value::Object(object)) => self.object(shape, object),
            (Some(Shape::Map { value: inner, .. }), Value::Object(entries)) => {
                entries.values().try_for_each(|value| self.field(field, &inner.shape, value))
            }
            (Some(Shape::Structure { .. } | Shape::Map { .. }), _) => wrong("must be an object"),
            (Some(Shape::List { member, .. }), Value::Array(items)) => {
                items.iter().try_for_each(|item| self.field(field, &member.shape, item))
            }
            (Some(Shape::List { .. }), _) => wrong("must be an array"),
            (Some(scalar), value) => check_scalar(scalar, value).or_else(wrong),
        }
    }
}

fn check_scalar(shape: &Shape, value: &Value) -> Result<(), &'static str> {
    match (shape, value) {
        (Shape::String { values, .. }, Value::String(text)) if !values.is_empty() => {
            values.contains(text).then_some(()).ok_or("is not an expected value")
        }
        (Shape::String { length, .. } | Shape::Blob(length), Value::String(text)) => {
            #[expect(clippy::cast_precision_loss, reason = "no text is that long")]
            let characters = text.chars().count() as f64;
            length.check(characters, ["is smaller than the minimum length", "exceeds the maximum length"])
        }
        (Shape::Character | Shape::Timestamp, Value::String(_)) => Ok(()),
        (Shape::String { .. } | Shape::Blob(_) | Shape::Character | Shape::Timestamp, _) => Err("must be a string"),
        (Shape::Boolean, Value::Bool(_)) => Ok(()),
        (Shape::Boolean, _) => Err("must be a boolean"),
        (Shape::Integer(bounds) | Shape::Long(bounds) | Shape::Float(bounds), Value::Number(number)) => {
            let number = number.as_f64().unwrap_or(f64::NAN);
            bounds.check(number, ["is less than the minimum value", "exceeds the maximum value"])
        }
        (Shape::Integer(_) | Shape::Long(_) | Shape::Float(_), _) => Err("must be a number"),
        (Shape::Structure { .. } | Shape::List { .. } | Shape::Map { .. }, _) => Ok(()),
    }
}

impl Bounds {
    fn check(self, number: f64, [too_little, too_much]: [&'static str; 2]) -> Result<(), &'static str> {
        if self.min.is_some_and(|min| number < min) {
            return Err(too_little);
        }
        if self.max.is_some_and(|max| number > max) {
            return Err(too_much);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const MODEL: &str = r#"{
        "operations": { "Get": { "output": { "shape": "Result" } } },
        "shapes": {
            "Result": {
                "type": "structure",
                "required": ["id"],
                "members": {
                    "id": { "shape": "Id" }, "size": { "shape": "Size" }, "kind": { "shape": "Kind" }, "at": { "shape": "Time" },
                    "done": { "shape": "Flag" }, "parts": { "shape": "Parts" }, "tags": { "shape": "Tags" }, "any": { "shape": "Any" }
                }
            },
            "Id": { "type": "string", "min": 2, "max": 3 },
            "Size": { "type": "long", "min": 1, "max": 9 },
            "Kind": { "type": "string", "enum": ["A", "B"] },
            "Time": { "type": "timestamp" },
            "Flag": { "type": "boolean" },
            "Parts": { "type": "list", "member": { "shape": "Result" } },
            "Tags": { "type": "map", "key": { "shape": "Id" }, "value": { "shape": "Size" } },
            "Any": { "type": "structure", "members": {}, "document": true }
        }
    }"#;

    #[test]
    fn fields_are_compared_at_any_depth() {
        let model = ServiceModel::parse("test", MODEL).unwrap();
        let problem = |value: Value, strictness| {
            let result = model.check("Result", value.as_object().unwrap(), Spelling::Sdk, strictness);
            result.err().map(|mismatch| mismatch.to_string()).unwrap_or_default()
        };
        for (value, expected) in [
            (json!({ "Id": "abc", "Size": 9, "Kind": "B", "At": "now", "Done": true, "Any": [1], "other": 0 }), ""),
            (json!({ "id": "abc" }), "Required field 'Id' is missing"),
            (json!({ "Id": 1 }), "Field 'Id' must be a string"),
            (json!({ "Id": "a" }), "Field 'Id' is smaller than the minimum length"),
            (json!({ "Id": "abcd" }), "Field 'Id' exceeds the maximum length"),
            (json!({ "Id": "ab", "Size": "1" }), "Field 'Size' must be a number"),
            (json!({ "Id": "ab", "Size": 0 }), "Field 'Size' is less than the minimum value"),
            (json!({ "Id": "ab", "Size": 10 }), "Field 'Size' exceeds the maximum value"),
            (json!({ "Id": "ab", "Kind": "C" }), "Field 'Kind' is not an expected value"),
            (json!({ "Id": "ab", "At": 1 }), "Field 'At' must be a string"),
            (json!({ "Id": "ab", "Done": "true" }), "Field 'Done' must be a boolean"),
            (json!({ "Id": "ab", "Parts": {} }), "Field 'Parts' must be an array"),
            (json!({ "Id": "ab", "Parts": [1] }), "Field 'Parts' must be an object"),
            (json!({ "Id": "ab", "Parts": [{ "Id": "ab" }, {}] }), "Required field 'Id' is missing"),
            (json!({ "Id": "ab", "Tags": { "x": 1, "y": true } }), "Field 'Tags' must be a number"),
        ] {
            assert_eq!(problem(value.clone(), Strictness::Strict), expected, "{value}");
        }
        assert_eq!(problem(json!({ "Parts": [{}] }), Strictness::Present), "");
        assert_eq!(
            problem(json!({ "Parts": [{ "Size": 0 }] }), Strictness::Present),
            "Field 'Size' is less than the minimum value"
        );
    }
}
