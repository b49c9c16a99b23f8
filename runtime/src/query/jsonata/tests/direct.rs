use proptest::prelude::*;

use super::*;

fn any_expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("$x"),
        Just("$x.a"),
        Just("$x.b"),
        Just("$x.c"),
        Just("$states.input.a"),
        Just("$states.input.c.a"),
        Just("$nothing"),
        Just("$states.result"),
        Just("1"),
        Just("0"),
        Just("2.5"),
        Just("'t'"),
        Just("''"),
        Just("true"),
        Just("null"),
        Just("[]"),
        Just("{}"),
    ]
    .prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 3, |inner| {
        let operators = prop::sample::select(vec![
            "+", "-", "*", "/", "%", "=", "!=", "<", "<=", ">", ">=", "and", "or", "&", "in",
        ]);
        let functions = prop::sample::select(vec!["count", "exists", "not", "merge"]);
        prop_oneof![
            (inner.clone(), operators, inner.clone()).prop_map(|(left, op, right)| format!("({left} {op} {right})")),
            (functions, inner.clone()).prop_map(|(name, argument)| format!("${name}({argument})")),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
            prop::collection::vec(inner.clone(), 0..3).prop_map(|items| format!("[{}]", items.join(", "))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{{'p': {a}, 'q': {b}}}")),
            inner.prop_map(|operand| format!("-{operand}")),
        ]
    })
}

fn any_input() -> impl Strategy<Value = Json> {
    let values = vec![
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(2.5),
        json!(-3),
        json!("t"),
        json!(""),
        json!([]),
        json!([1]),
        json!([[1]]),
        json!([1, "t"]),
        json!({}),
        json!({ "a": 1 }),
        json!({ "a": [1] }),
        json!([{ "a": 1 }]),
        json!([{ "a": 1 }, { "a": 2 }]),
    ];
    let value = prop::sample::select(values);
    prop_oneof![
        value.clone(),
        (value.clone(), value.clone(), value).prop_map(|(a, b, c)| json!({ "a": a, "b": b, "c": c })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// What is answered without the engine is what the engine answers.
    #[test]
    fn direct_answers_are_the_engines(source in any_expression(), input in any_input()) {
        let direct = eval_by(&source, &input, Expression::eval);
        let engine = eval_by(&source, &input, Expression::eval_by_engine);
        prop_assert_eq!(direct, engine);
    }
}
