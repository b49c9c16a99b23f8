//! Paths, filters and intrinsic functions, each by a state that gives what they give.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has told what it has to tell")]

use serde_json::{Value, json};
use stepwright_asl::StateMachine;
use stepwright_runtime::{Interpreter, Program};

/// What a path or call leads to, or the error; `None` if it is refused.
fn eval(source: &str, input: &Value) -> Option<Value> {
    let pass = json!({ "Type": "Pass", "Parameters": { "v.$": source }, "End": true });
    let machine = json!({ "StartAt": "A", "States": { "A": pass } });
    let program = Program::compile(&StateMachine::from_value(&machine).ok()?).ok()?;
    let result = Interpreter::new(&program).run_blocking(input.clone()).unwrap();
    Some(match result.output {
        Some(output) => output["v"].clone(),
        None => json!({ "error": result.error, "cause": result.cause }),
    })
}

fn check_all(input: &Value, cases: &[(&str, Value)]) {
    for (source, expected) in cases {
        assert_eq!(eval(source, input).as_ref(), Some(expected), "{source}");
    }
}

/// The answers are Jayway's, where they differ from those of other implementations.
#[test]
fn paths_lead_where_jayways_do() {
    let list = json!(["a", "b", "c", "d", "e"]);
    check_all(
        &list,
        &[
            ("$[1]", json!("b")),
            ("$[-1]", json!("e")),
            ("$[9]", json!(null)),
            ("$[0,2]", json!(["a", "c"])),
            ("$[1:3]", json!(["b", "c"])),
            ("$[-2:]", json!(["d", "e"])),
            ("$[:-3]", json!(["a", "b"])),
            ("$[3:]", json!(["d", "e"])),
            ("$[:2]", json!(["a", "b"])),
            ("$[2:9]", json!(["c", "d", "e"])),
            ("$[7:9]", json!([])),
            // With two bounds, none of them is one from the end; an item may be.
            ("$[3:-1]", json!([])),
            ("$[-1:1]", json!(["e", "a"])),
            ("$[0:3:2]", json!(["a", "b", "c"])),
            ("$[*]", list.clone()),
            ("$.length()", json!(5)),
            ("$.first()", json!("a")),
            ("$.last()", json!("e")),
            ("$.concat()", json!("abcde")),
        ],
    );
    let input = json!({
        "a": { "x": 1, "y": 2 }, "l": [{ "x": 1, "y": 3 }, { "x": 2 }, { "y": 3, "in": [{ "x": 4 }] }], "n": [1, 2, 3, 4], "e": []
    });
    check_all(
        &input,
        &[
            ("$['a']['x']", json!(1)),
            ("$.a['x','y']", json!({ "x": 1, "y": 2 })),
            ("$.a['x','z']", json!({ "x": 1 })),
            ("$['a','n'].x", json!([1])),
            ("$.l[*]['x','y']", json!([{ "x": 1, "y": 3 }, { "x": 2 }, { "y": 3 }])),
            ("$..['x','y']", json!([{ "x": 1, "y": 2 }, { "x": 1, "y": 3 }])),
            ("$..x", json!([1, 1, 2, 4])),
            ("$.l[*].x", json!([1, 2])),
            ("$.l..in[0].x", json!([4])),
            ("$.n.sum()", json!(10)),
            ("$.n.avg()", json!(2.5)),
            ("$.n.min()", json!(1)),
            ("$.n.max()", json!(4)),
            ("$.n.stddev()", json!(1.118_033_988_749_895)),
            ("$.a.keys()", json!(["x", "y"])),
            ("$.a.length()", json!(2)),
            ("$.e[*]", json!([])),
            ("$.a.*", json!([1, 2])),
        ],
    );
    for refused in ["$[:]", "$[::]", "$[::2]", "$[", "$.", "$.a b", "$[?(@.x]", "$[?(@.x =~ /(/)]", "$.no()"] {
        assert_eq!(eval(refused, &input), None, "{refused}");
    }
}

#[test]
fn paths_that_lead_to_too_much_are_errors() {
    let deep = (0..60).fold(json!(1), |inner, _| json!([inner]));
    for path in ["$", "$[?(@"] {
        let end = if path.contains('(') { ")]" } else { "" };
        let source = path.to_owned() + &"..*".repeat(12) + end;
        let found = eval(&source, &deep).unwrap();
        assert_eq!(found["error"], "States.Runtime", "{source}");
        let cause = found["cause"].as_str().unwrap();
        assert!(cause.ends_with(&format!("Invalid path '{source}' : The path leads to too many values")), "{cause}");
    }
}

#[test]
fn filters_choose_as_jayways_do() {
    let input = json!({
        "l": [{ "k": 42, "t": "some text", "l": ["a", "b"] }, { "k": "42", "t": "Other", "l": [] }, { "k": 1, "n": { "k": 42 } }, { "z": null }],
        "o": { "k": 42 }, "n": [1, 5, 9], "w": ["a", "b", "c"]
    });
    let keys = |source: &str| {
        let found = eval(&format!("$.l[?({source})]"), &input).unwrap();
        let items = input["l"].as_array().unwrap();
        let positions =
            found.as_array().unwrap().iter().map(|item| items.iter().position(|other| other == item).unwrap());
        positions.collect::<Vec<_>>()
    };
    for (condition, expected) in [
        ("@.k", &[0, 1, 2][..]),
        ("!@.k", &[3]),
        ("@.z", &[3]),
        ("@.k == 42", &[0, 1]),
        ("@.k === 42", &[0, 1]),
        ("@.k==42", &[0, 1]),
        ("@.k!=42", &[2, 3]),
        ("@.k<=1", &[2]),
        ("@.k=='42' && @.t=~/O.*/", &[1]),
        ("@.n.k==42", &[2]),
        ("42==@.k", &[0, 1]),
        ("@.t==Other", &[]),
        ("@.t==Other || @.k==1", &[2]),
        ("@.k == '42'", &[0, 1]),
        ("@.k != 42", &[2, 3]),
        ("@.k < 42", &[2]),
        ("@.k <= 42 && @.k > 1", &[0]),
        ("@.k > 40 || @.z == null", &[0, 3]),
        ("!(@.k == 42)", &[2, 3]),
        ("@.t =~ /some.*/", &[0]),
        ("@.t =~ /o.*/i", &[1]),
        ("@.t =~ /text/", &[]),
        ("@.k in [1, '42']", &[0, 1, 2]),
        ("@.k nin [1, 2]", &[0, 1, 3]),
        ("@.l contains 'a'", &[0]),
        ("@.t contains 'ex'", &[0]),
        ("@.l subsetof ['a', 'b', 'c']", &[0, 1]),
        ("@.l all ['a']", &[0]),
        ("@.l anyof ['b', 'z']", &[0]),
        ("@.l noneof ['b', 'z']", &[1]),
        ("@.l size 2", &[0]),
        ("@.l empty true", &[1]),
        ("@.l.length() == 2", &[0]),
        ("@.n.k == 42", &[2]),
        ("@['k'] == 1", &[2]),
    ] {
        assert_eq!(keys(condition), expected, "{condition}");
    }
    check_all(
        &input,
        &[
            ("$.n[?(@ > 4)]", json!([5, 9])),
            ("$.n[?(@ > 4)].x", json!([])),
            ("$.o[?(@.k == 42)]", json!([{ "k": 42 }])),
            ("$.o[?(@.k == 1)]", json!([])),
            ("$..[?(@.k == 1)].n.k", json!([42])),
            ("$..[?(@.k == 42)].k", json!([42, "42", 42, 42])),
        ],
    );
}

/// Corners of the functions that the recorded cases leave out.
#[test]
fn intrinsic_functions_have_odd_corners() {
    let runtime_error =
        |source: &str| eval(source, &json!({ "s": "x".repeat(10_001), "l": [1, 2] })).unwrap()["error"].clone();
    for source in [
        "States.Hash($.s, 'MD5')",
        "States.Base64Encode($.s)",
        "States.Hash('a', 'md5')",
        "States.ArrayRange(0, 1000, 1)",
        "States.ArrayRange(0, 10, 0)",
        "States.ArrayPartition($.l, 0)",
        "States.ArrayGetItem($.l, 2)",
        "States.ArrayGetItem($.l, -1)",
        "States.MathAdd(2147483647, 1)",
        "States.MathRandom(2, 1)",
        "States.JsonMerge($, $, true)",
        "States.StringToJson('{')",
        "States.Format('{}')",
        "States.Format('{} {}', 1)",
        "States.Format('a', 1)",
        "States.ArrayLength('a')",
        "States.Base64Decode('#')",
    ] {
        assert_eq!(runtime_error(source), json!("States.IntrinsicFailure"), "{source}");
    }
    let input = json!({ "l": [1, 1.0, "1", [1], [1], { "a": 1 }, { "a": 1 }, null], "name": "it's", "big": 9_007_199_254_740_993_i64 });
    check_all(
        &input,
        &[
            (r"States.Format('it\'s \{{}\} \\', $.name)", json!(r"it's {it's} \")),
            ("States.Format('{} {}', null, true)", json!("null true")),
            ("States.Array( 1 , 'a' ,States.Array( ) )", json!([1, "a", []])),
            ("States.ArrayUnique($.l)", json!([1, "1", [1], { "a": 1 }, null])),
            ("States.ArrayRange(5, 1, -2)", json!([5, 3, 1])),
            ("States.ArrayRange(1, 5, -1)", json!([])),
            ("States.ArrayRange(1.4, 3.5, 1)", json!([1, 2, 3, 4])),
            ("States.MathRandom(5, 6)", json!(5)),
            (
                "States.MathRandom(-9223372036854775808, 9223372036854775807, 1)",
                eval("States.MathRandom(-9223372036854775808, 9223372036854775807, 1)", &input).unwrap(),
            ),
            ("States.StringSplit('a.b+c', '.+')", json!(["a", "b", "c"])),
            ("States.JsonToString($.l[3])", json!("[1]")),
            ("States.ArrayContains($.l, 1.0)", json!(true)),
            ("States.ArrayGetItem($.l, 1.5)", json!("1")),
            ("$.big", json!(9_007_199_254_740_993_i64)),
        ],
    );
    for refused in [
        "States.Nope(1)",
        "States.Array(1",
        "States.Array('a)",
        "States.array(1)",
        "States.Array(1,)",
        "States.Format('a' 1)",
        r"States.Array('a\nb')",
        r#"States.Format('\"{}\"', 'a')"#,
        r#"States.StringToJson('{\"a\": 1}')"#,
    ] {
        assert_eq!(eval(refused, &input), None, "{refused}");
    }
}
