//! `serde_json::Value`.

use serde_json::{Value, json};

use super::*;

fn values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(""),
        json!("k"),
        json!([]),
        json!([null]),
        json!([1, [2]]),
        json!([[1]]),
        json!({}),
        json!({ "k": null }),
        json!({ "k": [1], "l": { "k": 2 } }),
        json!([{ "k": 1 }]),
        json!({ "k": [[]] }),
    ]
}

#[test]
fn types() {
    both!(values(), |v: Value| v.is_null());
    both!(values(), |v: Value| v.is_boolean());
    both!(values(), |v: Value| v.is_number());
    both!(values(), |v: Value| v.is_string());
    both!(values(), |v: Value| v.is_array());
    both!(values(), |v: Value| v.is_object());
    both!(values(), |v: Value| v.is_i64());
    both!(values(), |v: Value| v.is_u64());
}

#[test]
fn known_types() {
    both!(values(), |v: Value| v.as_str().map(|s| s.to_owned()));
    both!(values(), |v: Value| v.as_bool());
    both!(values(), |v: Value| v.as_f64());
    both!(values(), |v: Value| v.as_i64());
    both!(values(), |v: Value| v.as_u64());
    both!(values(), |v: Value| v.as_array().cloned());
}

#[test]
fn parts() {
    agree(values(), |v| v["k"].clone(), |v| B.index(v, B.text("k")));
    agree(values(), |v| v["l"]["k"].clone(), |v| B.index(B.index(v, B.text("l")), B.text("k")));
    agree(values(), |v| v[0].clone(), |v| B.index(v, B.lit(0_usize)));
    agree(values(), |v| v["k"][0].clone(), |v| B.index(B.index(v, B.text("k")), B.lit(0_usize)));
    agree(values(), |v| v.as_array().map_or(0, Vec::len), |v| v.as_array().map_or(B.lit(0), |list| list.len()));
    agree([5], |n| Value::from(n), |n: Expr<i64>| n.into::<Value>());
}
