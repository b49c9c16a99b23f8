//! JSON Schemas (draft 2020-12) of what tasks and workflows take and return.

use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

/// The schema of an input: one parameter is its own value, several are an object by name, none is an empty object.
#[must_use]
pub fn input(title: &str, params: impl FnOnce(&mut SchemaGenerator) -> Vec<(&'static str, Schema)>) -> Value {
    payload(title, false, params)
}

/// The schema of a task's payload: an input whose only argument may be [named](crate::task::Task::names_only_argument).
#[must_use]
pub fn payload(
    title: &str,
    names_only: bool,
    params: impl FnOnce(&mut SchemaGenerator) -> Vec<(&'static str, Schema)>,
) -> Value {
    let mut generator = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    let params = params(&mut generator);
    let schema = match params.as_slice() {
        [(_, schema)] if !names_only => schema.clone().to_value(),
        _ => object(params),
    };
    root(title, schema, generator)
}

/// The schema of a result.
#[must_use]
pub fn output(title: &str, result: impl FnOnce(&mut SchemaGenerator) -> Schema) -> Value {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let schema = result(&mut generator).to_value();
    root(title, schema, generator)
}

fn object(params: Vec<(&'static str, Schema)>) -> Value {
    let required: Vec<_> = params.iter().filter(|(_, schema)| !is_optional(schema)).map(|(name, _)| *name).collect();
    let properties: Map<_, _> =
        params.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone().to_value())).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

/// Whether `null`, which a missing key counts as, is a value: what schemars writes for an `Option`.
fn is_optional(schema: &Schema) -> bool {
    let is_null = |schema: &Value| schema.get("type").is_some_and(|ty| ty == "null");
    let types = schema.get("type").and_then(Value::as_array);
    let choices = schema.get("anyOf").and_then(Value::as_array);
    types.is_some_and(|types| types.iter().any(|ty| ty == "null"))
        || choices.is_some_and(|choices| choices.iter().any(is_null))
        || schema.as_bool() == Some(true)
}

/// The schema as a document of its own, with the definitions that it refers to.
fn root(title: &str, schema: Value, mut generator: SchemaGenerator) -> Value {
    let head = [("$schema".to_owned(), Value::from(meta_schema(&generator))), ("title".to_owned(), Value::from(title))];
    let mut document = Map::from_iter(head);
    if let Value::Object(schema) = schema {
        document.extend(schema);
    }
    let definitions = generator.take_definitions(true);
    if !definitions.is_empty() {
        document.insert("$defs".to_owned(), Value::Object(definitions));
    }
    Value::Object(document)
}

fn meta_schema(generator: &SchemaGenerator) -> String {
    generator.settings().meta_schema.as_deref().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Item {
        #[serde(rename = "unitPrice", default)]
        price: u8,
    }

    #[test]
    fn one_parameter_is_its_own_schema() {
        let schema = input("pick", |generator| vec![("item", generator.subschema_for::<Item>())]);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["title"], "pick");
        assert_eq!(schema["$ref"], "#/$defs/Item");
        assert_eq!(schema["$defs"]["Item"].get("required"), None);
    }

    #[test]
    fn several_parameters_are_an_object() {
        let params = |generator: &mut SchemaGenerator| {
            vec![
                ("a", generator.subschema_for::<u8>()),
                ("b", generator.subschema_for::<Option<String>>()),
                ("c", generator.subschema_for::<Option<Item>>()),
                ("d", generator.subschema_for::<Value>()),
            ]
        };
        let schema = input("f", params);
        assert_eq!(schema["required"], json!(["a"]));
        assert_eq!(schema["properties"]["a"]["type"], "integer");
        assert_eq!(schema["properties"].as_object().unwrap().keys().collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    }

    #[test]
    fn no_parameter_is_an_empty_object() {
        assert_eq!(input("f", |_| Vec::new())["properties"], json!({}));
    }

    #[test]
    fn results_are_described_as_serde_writes_them() {
        let schema = output("item", |generator| generator.subschema_for::<Item>());
        assert_eq!(schema["$defs"]["Item"]["required"], json!(["unitPrice"]));
    }
}
