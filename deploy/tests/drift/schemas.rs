//! Which changes of schemas break callers and readers.

use serde_json::{Value, json};
use stepwright_deploy::drift::{Break, Side, breaks};

/// What breaks when input of the first schema becomes input of the second, and when output does.
fn told(deployed: &Value, ours: &Value) -> (Vec<String>, Vec<String>) {
    let lines = |side| breaks(side, deployed, ours).iter().map(Break::to_string).collect();
    (lines(Side::Input), lines(Side::Output))
}

fn object(properties: Value, required: &[&str]) -> Value {
    json!({"type": "object", "properties": properties, "required": required})
}

#[track_caller]
fn check(deployed: &Value, ours: &Value, input: &[&str], output: &[&str]) {
    let (found_input, found_output) = told(deployed, ours);
    assert_eq!(
        (found_input, found_output),
        (
            input.iter().map(|line| format!("input {line}")).collect(),
            output.iter().map(|line| format!("output {line}")).collect(),
        )
    );
}

#[test]
fn a_schema_fits_itself_references_and_recursion_included() {
    let tree = json!({
        "$ref": "#/$defs/Tree",
        "$defs": {"Tree": object(json!({"left": {"anyOf": [{"$ref": "#/$defs/Tree"}, {"type": "null"}]}, "n": {"type": "integer"}}), &["n"])},
    });
    check(&tree, &tree, &[], &[]);
}

#[test]
fn fields() {
    let one = object(json!({"a": {"type": "string"}}), &["a"]);
    let optional = object(json!({"a": {"type": "string"}, "b": {"type": "integer"}}), &["a"]);
    let required = object(json!({"a": {"type": "string"}, "b": {"type": "integer"}}), &["a", "b"]);
    check(&one, &optional, &[], &[]);
    check(&one, &required, &["/b: is required now"], &[]);
    check(&required, &optional, &[], &["/b: may be absent now"]);
    check(&required, &one, &[], &["/b: may be absent now"]);
    let mut strict = one.clone();
    strict.as_object_mut().unwrap().insert("additionalProperties".to_owned(), json!(false));
    check(&optional, &strict, &["/b: is not accepted any more", "/*: is not accepted any more"], &[]);
    check(&strict, &optional, &[], &["/b: may be there now", "/*: may be there now"]);
}

#[test]
fn types() {
    let of = |kind: Value| object(json!({"a": {"type": kind}}), &[]);
    check(&of(json!("integer")), &of(json!("number")), &[], &["/a: may be of type number now"]);
    check(&of(json!("number")), &of(json!("integer")), &["/a: may not be of type number any more"], &[]);
    check(&of(json!(["string", "null"])), &of(json!("string")), &["/a: may not be of type null any more"], &[]);
    let text = json!({"type": "string"});
    check(&json!(true), &text, &["(all of it): is held to a narrower `type` now"], &[]);
}

#[test]
fn enumerations() {
    let of = |values: &[&str]| json!({"type": "string", "enum": values});
    check(&of(&["a", "b"]), &of(&["a"]), &["(all of it): may not be \"b\" any more"], &[]);
    check(&of(&["a"]), &of(&["a", "b"]), &[], &["(all of it): may be \"b\" now"]);
    let text = json!({"type": "string"});
    check(&of(&["a"]), &text, &[], &["(all of it): is held to a wider `enum` now"]);
}

#[test]
fn alternatives_are_compared_with_the_closest() {
    let variant = |tag: &str, fields: &[&str]| {
        let mut properties = json!({"type": {"const": tag}});
        let mut required = vec!["type"];
        for field in fields {
            properties.as_object_mut().unwrap().insert((*field).to_owned(), json!({"type": "string"}));
            required.push(field);
        }
        object(properties, &required)
    };
    let of = |variants: Vec<Value>| json!({"oneOf": variants});
    let before = of(vec![variant("card", &["number"]), variant("cash", &[])]);
    let after = of(vec![variant("card", &["number", "name"]), variant("cash", &[])]);
    check(&before, &after, &["/name: is required now"], &[]);
    let fewer = of(vec![variant("cash", &[])]);
    check(&before, &fewer, &["/type: may not be \"card\" any more"], &[]);
    check(&fewer, &before, &[], &["/type: may be \"card\" now"]);
}

#[test]
fn items_and_bounds() {
    let list = |items: Value| json!({"type": "array", "items": items});
    let small = list(json!({"type": "integer", "format": "uint8", "minimum": 0, "maximum": 255}));
    let large = list(json!({"type": "integer", "format": "uint32", "minimum": 0}));
    check(&small, &large, &[], &["/*: is held to a wider `maximum` now"]);
    check(&large, &small, &["/*: is held to a narrower `maximum` now"], &[]);
    let date = json!({"type": "string", "format": "date-time"});
    check(&json!({"type": "string"}), &date, &["(all of it): is held to a narrower `format` now"], &[]);
    let pair = |first: Value| json!({"type": "array", "prefixItems": [first, {"type": "string"}], "minItems": 2, "maxItems": 2});
    check(
        &pair(json!({"type": "integer"})),
        &pair(json!({"type": "boolean"})),
        &["/0: may not be of type integer any more"],
        &["/0: may be of type boolean now"],
    );
    let map = |values: Value| json!({"type": "object", "additionalProperties": values});
    check(
        &map(json!({"type": "integer"})),
        &map(json!({"type": "string"})),
        &["/*: may not be of type integer any more"],
        &["/*: may be of type string now"],
    );
}

#[test]
fn literal_values_keep_types_and_bounds() {
    let boolean = json!({"type": "boolean"});
    let words = json!({"enum": ["x", "y"]});
    check(
        &boolean,
        &words,
        &["(all of it): may not be false any more"],
        &["(all of it): may be \"x\" now", "(all of it): may be \"y\" now"],
    );
    check(&boolean, &json!({"enum": [true, false]}), &[], &[]);
    let number = json!({"type": "integer", "minimum": 2});
    let told = ["(all of it): is held to a wider `enum` now"];
    check(&json!({"const": 1}), &number, &["(all of it): may not be 1 any more"], &told);
    check(&json!({"const": 3}), &number, &[], &told);
}

#[test]
fn any_key_of_a_map_may_be_a_field() {
    let map = json!({"type": "object", "additionalProperties": {"type": "string"}});
    let field = object(json!({"n": {"type": "integer"}}), &[]);
    check(&map, &field, &["/n: may not be of type string any more"], &["/n: may be of type integer now"]);
}

#[test]
fn bounds_that_bound_nothing_break_nothing() {
    check(&json!({"type": "string"}), &json!({"type": "string", "minLength": 0}), &[], &[]);
    let told = ["(all of it): is held to a narrower `minimum` now"];
    check(&json!({"type": "integer"}), &json!({"type": "integer", "minimum": 0}), &told, &[]);
}
