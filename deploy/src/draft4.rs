//! JSON Schemas of draft 2020-12 in draft 4, which is what API Gateway's models are written in.
//!
//! What draft 4 cannot say is left out: such a schema accepts more, and the state machine still checks what it reads.

use serde_json::{Map, Value, json};

/// Keywords that mean the same in both.
const SAME: [&str; 18] = [
    "type",
    "enum",
    "minimum",
    "maximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "required",
    "title",
    "description",
    "default",
    "format",
];

/// Keywords that say nothing of what is accepted.
const ANNOTATIONS: [&str; 3] = ["title", "description", "default"];

/// The schema in draft 4.
pub(crate) fn draft4(schema: &Value) -> Value {
    let mut members = Map::from_iter([("$schema".to_owned(), json!("http://json-schema.org/draft-04/schema#"))]);
    if let Value::Object(converted) = subschema(schema) {
        members.extend(converted);
    }
    Value::Object(members)
}

fn subschema(schema: &Value) -> Value {
    let Value::Object(schema) = schema else {
        return if *schema == Value::Bool(false) { json!({"not": {}}) } else { json!({}) };
    };
    let mut members = Map::new();
    for (key, value) in schema {
        member(key, value, schema, &mut members);
    }
    beside_reference(members)
}

fn member(key: &str, value: &Value, schema: &Map<String, Value>, members: &mut Map<String, Value>) {
    let mut put = |key: &str, value: Value| members.insert(key.to_owned(), value);
    match (key, value) {
        // Draft 4 has no empty one.
        ("required", Value::Array(names)) if names.is_empty() => None,
        (key, _) if SAME.contains(&key) => put(key, value.clone()),
        ("const", _) => put("enum", json!([value])),
        ("$ref", Value::String(target)) => put("$ref", target.replace("#/$defs/", "#/definitions/").into()),
        ("$defs", Value::Object(named)) => put("definitions", each(named)),
        ("properties" | "patternProperties", Value::Object(named)) => put(key, each(named)),
        ("allOf" | "anyOf" | "oneOf", Value::Array(all)) => put(key, all.iter().map(subschema).collect()),
        ("prefixItems", Value::Array(all)) => put("items", all.iter().map(subschema).collect()),
        ("items", _) if schema.contains_key("prefixItems") => put("additionalItems", bool_or_subschema(value)),
        ("additionalProperties", _) => put(key, bool_or_subschema(value)),
        ("items" | "not", _) => put(key, subschema(value)),
        ("exclusiveMinimum", Value::Number(_)) => {
            put("minimum", value.clone());
            put(key, true.into())
        }
        ("exclusiveMaximum", Value::Number(_)) => {
            put("maximum", value.clone());
            put(key, true.into())
        }
        _ => None,
    };
}

fn each(named: &Map<String, Value>) -> Value {
    Value::Object(named.iter().map(|(name, schema)| (name.clone(), subschema(schema))).collect())
}

fn bool_or_subschema(schema: &Value) -> Value {
    if schema.is_boolean() { schema.clone() } else { subschema(schema) }
}

/// In draft 4, what stands beside a reference does not count.
fn beside_reference(mut members: Map<String, Value>) -> Value {
    let counts = |key: &String| key != "$ref" && key != "definitions" && !ANNOTATIONS.contains(&key.as_str());
    if members.contains_key("$ref")
        && members.keys().any(counts)
        && let Some(target) = members.remove("$ref")
    {
        let mut all = members.remove("allOf").and_then(|all| all.as_array().cloned()).unwrap_or_default();
        all.push(json!({"$ref": target}));
        members.insert("allOf".to_owned(), all.into());
    }
    Value::Object(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_draft_4_says_otherwise() {
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Order",
            "type": "object",
            "properties": {
                "total": {"type": "number", "exclusiveMinimum": 0, "format": "double"},
                "kind": {"const": "order"},
                "pair": {"prefixItems": [{"type": "string"}, true], "items": false, "minItems": 2},
                "item": {"$ref": "#/$defs/Item", "description": "the first"},
                "other": {"$ref": "#/$defs/Item", "minProperties": 1},
                "any": true,
                "none": false,
                "const": {"type": ["string", "null"], "if": {"minLength": 1}, "then": {"maxLength": 2}},
            },
            "required": ["total"],
            "additionalProperties": false,
            "unevaluatedProperties": false,
            "$defs": {"Item": {"type": "object", "required": []}},
        });
        insta::assert_json_snapshot!(draft4(&schema));
        assert_eq!(draft4(&json!(true)), json!({"$schema": "http://json-schema.org/draft-04/schema#"}));
    }
}
