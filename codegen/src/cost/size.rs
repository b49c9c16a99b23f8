//! How large the JSON of a value can be, from its schema.

use serde_json::{Map, Value};

/// The largest JSON text of a value that a schema allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Size {
    /// So many bytes at most.
    Bytes(u64),
    /// The schema sets no bound.
    Unbounded {
        /// Where in the value: `items[].name`; empty is the value itself.
        place: String,
        /// Why: a keyword that is not there, or what the value is.
        reason: &'static str,
    },
}

impl Size {
    /// The largest JSON text of what the schema of a whole document allows.
    pub(super) fn of(schema: &Value) -> Self {
        let mut sizer = Sizer { root: schema, open: Vec::new() };
        match sizer.schema(schema, "") {
            Ok(bytes) => Size::Bytes(bytes),
            Err(unbounded) => unbounded,
        }
    }
}

struct Sizer<'a> {
    root: &'a Value,
    /// The definitions that are being looked into.
    open: Vec<&'a str>,
}

type Bytes = Result<u64, Size>;

fn unbounded(place: &str, reason: &'static str) -> Bytes {
    Err(Size::Unbounded { place: place.to_owned(), reason })
}

impl<'a> Sizer<'a> {
    fn schema(&mut self, schema: &'a Value, place: &str) -> Bytes {
        let Value::Object(schema) = schema else {
            return if schema == &Value::Bool(false) { Ok(0) } else { unbounded(place, "it can be anything") };
        };
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            return Ok(values.iter().map(length).max().unwrap_or_default());
        }
        if let Some(value) = schema.get("const") {
            return Ok(length(value));
        }
        let mut parts = Vec::new();
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            parts.push(self.definition(name, place)?);
        }
        for all in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            parts.push(self.schema(all, place)?);
        }
        for choices in ["oneOf", "anyOf"].iter().filter_map(|key| schema.get(*key)?.as_array()) {
            parts.push(self.largest(choices, place)?);
        }
        if schema.contains_key("type") || schema.contains_key("properties") {
            parts.push(self.types(schema, place)?);
        }
        if parts.is_empty() { unbounded(place, "it can be anything") } else { Ok(sum(parts)) }
    }

    fn largest(&mut self, choices: &'a [Value], place: &str) -> Bytes {
        choices.iter().try_fold(0, |most, choice| Ok(most.max(self.schema(choice, place)?)))
    }

    fn definition(&mut self, name: &'a str, place: &str) -> Bytes {
        let Some(schema) = name.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer)) else {
            return unbounded(place, "it can be anything");
        };
        if self.open.contains(&name) {
            return unbounded(place, "it can hold values of its own type");
        }
        self.open.push(name);
        let size = self.schema(schema, place);
        self.open.pop();
        size
    }

    fn types(&mut self, schema: &'a Map<String, Value>, place: &str) -> Bytes {
        let types = match schema.get("type") {
            Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(name)) => vec![name.as_str()],
            _ => vec!["object"],
        };
        types.into_iter().try_fold(0, |most, name| Ok(most.max(self.of_type(name, schema, place)?)))
    }

    fn of_type(&mut self, name: &str, schema: &'a Map<String, Value>, place: &str) -> Bytes {
        match name {
            "null" => Ok(4),
            "boolean" => Ok(5),
            "integer" => Ok(integer(schema)),
            // Sign, 17 digits, point, `e`, sign and 3 digits of the exponent.
            "number" => Ok(24),
            "string" => text(schema, place),
            "array" => self.array(schema, place),
            _ => self.object(schema, place),
        }
    }

    fn array(&mut self, schema: &'a Map<String, Value>, place: &str) -> Bytes {
        let inside = format!("{place}[]");
        let first = schema.get("prefixItems").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut sizes = Vec::new();
        for item in first {
            sizes.push(self.schema(item, &inside)?.saturating_add(1));
        }
        let rest = match (schema.get("maxItems").and_then(Value::as_u64), schema.get("items")) {
            (Some(most), _) => most.saturating_sub(first.len() as u64),
            (None, Some(Value::Bool(false))) => 0,
            (None, _) => return unbounded(place, "no `maxItems`"),
        };
        if rest > 0 {
            let item = schema
                .get("items")
                .map_or_else(|| unbounded(&inside, "it can be anything"), |item| self.schema(item, &inside))?;
            sizes.push(item.saturating_add(1).saturating_mul(rest));
        }
        Ok(sum(sizes).saturating_add(2))
    }

    fn object(&mut self, schema: &'a Map<String, Value>, place: &str) -> Bytes {
        if schema.get("additionalProperties").is_some_and(|rest| rest != &Value::Bool(false)) {
            return unbounded(place, "it can have any keys");
        }
        let mut sizes = vec![2];
        for (key, value) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let inside = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
            sizes.push(
                length(&Value::from(key.as_str())).saturating_add(2).saturating_add(self.schema(value, &inside)?),
            );
        }
        Ok(sum(sizes))
    }
}

fn sum(sizes: Vec<u64>) -> u64 {
    sizes.into_iter().fold(0, u64::saturating_add)
}

fn length(value: &Value) -> u64 {
    value.to_string().len() as u64
}

/// A character takes six bytes at most: a control character is written as `\u0001`.
fn text(schema: &Map<String, Value>, place: &str) -> Bytes {
    let characters =
        match (schema.get("maxLength").and_then(Value::as_u64), schema.get("format").and_then(Value::as_str)) {
            (Some(most), _) => most.saturating_mul(6),
            (None, Some("uuid")) => 36,
            (None, Some("date-time")) => "+262142-12-31T23:59:59.999999999+23:59".len() as u64,
            (None, Some("date")) => "+262142-12-31".len() as u64,
            (None, _) => return unbounded(place, "no `maxLength`"),
        };
    Ok(characters.saturating_add(2))
}

fn integer(schema: &Map<String, Value>) -> u64 {
    match (schema.get("minimum"), schema.get("maximum"), schema.get("format").and_then(Value::as_str)) {
        (Some(least), Some(most), _) => length(least).max(length(most)),
        (_, _, Some("uint8")) => 3,
        (_, _, Some("int8")) => 4,
        (_, _, Some("uint16")) => 5,
        (_, _, Some("int16")) => 6,
        (_, _, Some("uint32")) => 10,
        (_, _, Some("int32")) => 11,
        // As long as any integer that is exact in a state machine, and as `u64` and `i64`.
        _ => 20,
    }
}

#[cfg(test)]
mod tests {
    use schemars::{JsonSchema, SchemaGenerator};
    use serde::{Deserialize, Serialize};
    use serde_json::{json, to_string};

    use super::*;
    use crate::schema;

    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Row {
        #[schemars(length(max = 3))]
        name: String,
        count: u32,
        negative: i8,
        flags: (bool, Option<bool>),
        #[schemars(length(max = 2))]
        tags: Vec<Tag>,
    }

    #[derive(Serialize, Deserialize, JsonSchema)]
    #[serde(tag = "kind")]
    enum Tag {
        Small,
        Large { id: u64 },
    }

    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Tree {
        #[schemars(length(max = 3))]
        children: Vec<Tree>,
    }

    fn size<T: JsonSchema>() -> Size {
        Size::of(&schema::input("x", |generator: &mut SchemaGenerator| vec![("x", generator.subschema_for::<T>())]))
    }

    #[test]
    fn the_largest_value_fits_and_is_not_far_from_the_bound() {
        let row = Row {
            name: "\u{1}".repeat(3),
            count: u32::MAX,
            negative: i8::MIN,
            flags: (false, Some(false)),
            tags: vec![Tag::Large { id: u64::MAX }, Tag::Large { id: u64::MAX }],
        };
        let largest = to_string(&row).unwrap().len() as u64;
        let Size::Bytes(bound) = size::<Row>() else { panic!("{:?}", size::<Row>()) };
        assert!((largest..largest + 10).contains(&bound), "{largest} {bound}");
    }

    #[test]
    fn what_is_unbounded_is_named_with_its_place() {
        #[derive(Serialize, Deserialize, JsonSchema)]
        struct Order {
            #[schemars(length(max = 9))]
            items: Vec<Item>,
        }
        #[derive(Serialize, Deserialize, JsonSchema)]
        struct Item {
            name: String,
        }
        let at = |place: &str, reason| Size::Unbounded { place: place.to_owned(), reason };
        assert_eq!(size::<Order>(), at("items[].name", "no `maxLength`"));
        assert_eq!(size::<Vec<u8>>(), at("", "no `maxItems`"));
        assert_eq!(size::<std::collections::BTreeMap<String, u8>>(), at("", "it can have any keys"));
        assert_eq!(size::<Value>(), at("", "it can be anything"));
        assert_eq!(size::<Tree>(), at("children[]", "it can hold values of its own type"));
    }

    #[test]
    fn constants_and_formats() {
        assert_eq!(Size::of(&json!({"enum": ["a", "long", null]})), Size::Bytes(6));
        assert_eq!(
            Size::of(&json!({"type": "object", "properties": {"a": {"const": 1}}, "additionalProperties": false})),
            Size::Bytes(8)
        );
        assert_eq!(Size::of(&json!({"type": "string", "format": "uuid"})), Size::Bytes(38));
        assert_eq!(Size::of(&json!({"type": "integer", "minimum": 0, "maximum": 15})), Size::Bytes(2));
        assert_eq!(size::<[u8; 2]>(), Size::Bytes(10));
    }
}
