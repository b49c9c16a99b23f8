mod suite;

use std::collections::HashMap;

use chrono::DateTime;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::clock::Clock;
use crate::context_object::{ContextObject, Identity, Origin};
use crate::limits::Limits;
use crate::random::Random;
use crate::scope::Scope;

/// Evaluates an expression where the state input and the variable `$x` are the same value.
fn eval_by(
    source: &str,
    input: &Json,
    eval: impl Fn(&Expression, &View<'_>) -> Result<Evaluated, EvaluationFailed>,
) -> Result<Evaluated, String> {
    let mut names = HashMap::new();
    let expression = Expression::parse(source, &mut |name| {
        let next = u32::try_from(names.len()).unwrap();
        VariableId(*names.entry(name.to_owned()).or_insert(next))
    })?;
    let input = Value::from(input);
    let mut scope = Scope::default();
    if let Some(id) = names.get("x") {
        scope.set([(VariableId(*id), input.clone())]);
    }
    with_view(&input, &scope, |view| eval(&expression, view))
        .map_err(|failed| format!("threw{}", failed.as_sentence_end()))
}

/// Does something with what a state with the given input and variables sees.
fn with_view<T>(input: &Value, scope: &Scope, work: impl FnOnce(&View<'_>) -> T) -> T {
    let start = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
    let random = Arc::new(Random::seeded(7));
    let identity = Arc::new(Identity::of("machine", "execution"));
    let origin = Origin::new(input.clone(), start, Some(identity), &random);
    let context = ContextObject {
        given: None,
        origin: &origin,
        state_name: &"State".into(),
        entered: start,
        retry_count: None,
        item: None,
        task_token: None,
    };
    // Slow machines are no reason to stop.
    let limits = Limits { expression_milliseconds: 600_000, ..Limits::default() };
    work(&View {
        trial: None,
        raw: input,
        input,
        result: None,
        error_output: None,
        context: &context,
        scope,
        random: &random,
        clock: &Clock::virtual_at(start),
        limits: &limits,
    })
}

fn check(source: &str, expected: &str) {
    let input = json!({ "n": 7, "s": "héllo😀", "one": [5], "none": [], "items": [{ "p": 1 }, { "p": 3 }], "o": { "k": "v" }, "nul": null });
    let found = match eval_by(source, &input, Expression::eval) {
        Ok(Evaluated::Value(value)) => value.to_string(),
        Ok(other) => format!("{other:?}"),
        Err(message) => message,
    };
    assert_eq!(found, expected, "{source}");
}

#[test]
fn values() {
    check("$states.input.n + 1", "8");
    check("$x.items[p > 1].p", "3");
    check("$states.input.one", "[5]");
    check("$states.input.none", "[]");
    check("[$x.items.p]", "[1,3]");
    check("{'a': $nothing, 'b': $x.o.k}", r#"{"b":"v"}"#);
    check("$states.context.Execution.Name", "\"execution\"");
    check("$keys($states.context)", r#"["Execution","StateMachine","State"]"#);
    check("$states.input.o.k & '!'", "\"v!\"");
    check("null", "null");
    check("1/0", "\"Infinity\"");
    check("$now()", "\"2023-11-14T22:13:20.000Z\"");
    check("$now('[Y]')", "\"2023\"");
    check("$now('[H]', '+0100')", "\"23\"");
    check("$sum($map($x.items, function($i) { $i.p * 2 }))", "8");
    check("$x.o.(k & %.n)", "\"v7\"");
}

#[test]
fn whole_numbers_stay_exact() {
    let input = json!({ "big": 9_007_199_254_740_993_i64, "most": i64::MAX, "small": 3 });
    for (source, expected) in [
        ("$x.big", "9007199254740993"),
        ("$x.big + 1", "9007199254740994"),
        ("$x.big - $x.small", "9007199254740990"),
        ("$x.big % 10", "3"),
        ("{'id': $x.big * 3}", r#"{"id":27021597764222979}"#),
        ("$x.big = $x.big - 1", "false"),
        ("$x.big > $x.big - 1", "true"),
        ("$x.most % -1", "0"),
    ] {
        let Ok(Evaluated::Value(found)) = eval_by(source, &input, Expression::eval) else { unreachable!("{source}") };
        assert_eq!(found.to_string(), expected, "{source}");
    }
}

#[test]
fn no_values() {
    check("$nothing", "Undefined");
    check("$states.input.o.missing", "Undefined");
    check("$states.result", "Undefined");
    check("function($v) { $v }", "Unsupported");
    check("$f := function($v) { $v }", "Unsupported");
}

#[test]
fn errors() {
    check("$missing(1)", "threw. T1006: Attempted to invoke a non-function");
    check("$eval('1')", "threw. T1006: Attempted to invoke a non-function");
    check("1 + 'a'", "threw. T2002: The right side of the \"+\" operator must evaluate to a number");
    check("$error('no')", "threw. D3137: no");
}

#[test]
fn refusals() {
    check("phone", "Reference to 'phone' at the top level is not supported.");
    check("$x[n = m].(m)", "Undefined");
    check("$uppercase(name)", "Reference to 'name' at the top level is not supported.");
    check("$", "Reference to '$' at the top level is not supported.");
    check("$x.items.($$.n)", "Reference to '$$' is not supported.");
    check("$x.a ?? 1", "The operator ?? is not part of the version of JSONata that Step Functions runs (2.0.6)");
    check("$x.a ?: 1", "The operator ?: is not part of the version of JSONata that Step Functions runs (2.0.6)");
}

#[test]
fn added_functions() {
    check("$partition([1,2,3,4], 3)", "[[1,2,3],[4]]");
    check("$partition([1,2], 0)", "Undefined");
    check("$partition([], 2)", "Undefined");
    check("$partition([1,2])", "[[1,2]]");
    check("$partition([1], -1)", "threw. D3137: Second argument must be zero or greater");
    check("$range(0, 10, 3)", "[0,3,6,9]");
    check("$range(1, 9, 9)", "1");
    check("$range(9, 1, -4)", "[9,5,1]");
    check("$range(1, 9, -1)", "Undefined");
    check(
        "$range(0, 1000000000, 1)",
        "threw: Expression evaluation memory limit exceeded: Check for excessive memory usage",
    );
    check("$hash('input data', 'MD5')", "\"812f45842bc6d66ee14572ce20db8e86\"");
    check("$hash('input data', 'SHA-1')", "\"aaff4a450a104cd177d28d18d74485e8cae074b7\"");
    check("$hash('x')", "Undefined");
    check(
        "$hash('x', 'CRC')",
        "threw. D3137: Hash algorithm 'CRC' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5",
    );
    check("$random(42)", "0.7275636800328681");
    check("$length($uuid())", "36");
    check("$uuid(1)", "threw. T0410: Argument 1 of function \"uuid\" does not match function signature");
    check("$parse('{\"a\": [1, null]}').a", "[1,null]");
    check("$parse('{\"a\": 1, \"a\": 2}')", "threw. D3137: Invalid JSON");
    check("$parse('1 2')", "threw. D3137: Invalid JSON");
    check("$map(['1', '2'], $parse)", "[1,2]");
    check("$millis()", "1700000000000");
}

/// The answers are those of JSONata 2.0.6 on JavaScript.
#[test]
fn regular_expressions_are_javascripts() {
    check(r"$contains('é', /\w/)", "false");
    check(r"$match('ab ab', /a(?=b)/).index", "[0,3]");
    check(r"$replace('aXbX', /X(?!b)/, '-')", "\"aXb-\"");
    check(r"$replace('abab', /(?<=a)(b)/, function($m) { $uppercase($m.match) & $m.groups[0] })", "\"aBbaBb\"");
    check(r"$contains('abb', /(b)\1/)", "true");
    check(r"$split('a1b2c', /(?<=\d)/)", "threw. D1004: Regular expression matches zero length string");
    check(r"$split('abcbc', /b(?=c)/, 2)", r#"["a","c"]"#);
    check(r"$match('a1b2c', /(?<=\d)/)", "threw. D1004: Regular expression matches zero length string");
    check(r"$match('été ab', /\b(t)(?!b)/).index", "1");
    check(r#"$contains('ab', /a(?=b)/)"#, r#"true"#);
    check(r#"($r := /(a)\1/; $match('aab', $r))"#, r#"{"match":"aa","index":0,"groups":["a"]}"#);
    check(r#"($r := /(a)\1/; $replace('aab', $r, '-'))"#, r#""-b""#);
    check(r#"'aab' ~> $contains(/(a)\1/)"#, r#"true"#);
    check(r#"'aab' ~> $split(/(a)\1/)"#, r#"["","b"]"#);
    check(r#"['aab','b'][$contains(/(a)\1/)]"#, r#""aab""#);
    check(r#"['ab','b'].$replace(/b/, 'x')"#, r#"["ax","x"]"#);
    check(
        r#"$match('a-z_', /[\w-z]/)"#,
        r#"[{"match":"a","index":0,"groups":[]},{"match":"-","index":1,"groups":[]},{"match":"z","index":2,"groups":[]},{"match":"_","index":3,"groups":[]}]"#,
    );
    check(r#"$match('ab', /[^]/)"#, r#"[{"match":"a","index":0,"groups":[]},{"match":"b","index":1,"groups":[]}]"#);
    check(r#"$contains('ab', /[]/)"#, r#"false"#);
    check(r#"$contains('\u00a0', /\s/)"#, r#"true"#);
    check(r#"$contains('\ufeff', /\s/)"#, r#"true"#);
    check(r#"$match('a{,3}', /a{,3}/)"#, r#"{"match":"a{,3}","index":0,"groups":[]}"#);
    check(r#"$replace('a<b', /\</, '-')"#, r#""a-b""#);
    check(r#"$replace('aXbx', /x/i, '-')"#, r#""a-b-""#);
    check(r#"$match('a\nb', /^b/m)"#, r#"{"match":"b","index":2,"groups":[]}"#);
    check(r#"$match('héé', /é+/)"#, r#"{"match":"éé","index":1,"groups":[]}"#);
    check(r#"$replace('John Smith', /(\w+)\s(\w+)/, '$2, $1')"#, r#""Smith, John""#);
    check(r#"$replace('abc', /b/, '$0$0$$1')"#, r#""abb$1c""#);
    check(r#"$replace('abcdefghijklm', /(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)/, '$11-$12-$1')"#, r#""k-a2-alm""#);
    check(
        r#"$match('2024-01-02', /(?<y>\d{4})-(?<m>\d\d)/)"#,
        r#"{"match":"2024-01","index":0,"groups":["2024","01"]}"#,
    );
    check(r#"$split('a1b22c', /\d/)"#, r#"["a","b","","c"]"#);
    check(r#"$split('a1b22c', /(\d)/)"#, r#"["a","b","","c"]"#);
    check(r#"$split('abc', /b*/)"#, r#"threw. D1004: Regular expression matches zero length string"#);
    check(r#"$split('abc', '')"#, r#"["a","b","c"]"#);
    check(r#"$match('aaa', /a/, 2)"#, r#"[{"match":"a","index":0,"groups":[]},{"match":"a","index":1,"groups":[]}]"#);
    check(r#"$match('abc', /x*/)"#, r#"threw. D1004: Regular expression matches zero length string"#);
    check(r#"$replace('abc', /x*/, '-')"#, r#"threw. D1004: Regular expression matches zero length string"#);
    check(r#"$match('😀a', /a/)"#, r#"{"match":"a","index":2,"groups":[]}"#);
    check(r#"$contains('a', /A/i)"#, r#"true"#);
    check(r#"$replace('aab', /a/, function($m){ $m.match & $m.start }, 1)"#, r#""a0ab""#);
    check(r#"$match('foo.bar', /o\.b/)"#, r#"{"match":"o.b","index":2,"groups":[]}"#);
    check(r#"$split('a, b,c', /,\s*/, 2)"#, r#"["a","b"]"#);
    check(r#"$contains('x', /[\b]/)"#, r#"false"#);
    check(r#"$match('tab\there', /\t/)"#, r#"{"match":"\t","index":3,"groups":[]}"#);
    check(r#"$match('A', /\x41/)"#, r#"{"match":"A","index":0,"groups":[]}"#);
    check(r#"$match('A', /\u0041/)"#, r#"{"match":"A","index":0,"groups":[]}"#);
    check(r#"$contains('a', /(?<n>a)\k<n>?/)"#, r#"true"#);
    check(r#"$replace('a', /(b)?a/, '[$1]')"#, r#""[]""#);
}

#[test]
fn patterns_that_are_none_are_refused() {
    for pattern in ["[z-a]", "a**", "(?<n"] {
        let parsed = Expression::parse(&format!("$contains('a', /{pattern}/)"), &mut |_| VariableId(0));
        assert!(parsed.is_err(), "{pattern}");
    }
}

/// The words are those of JSONata 2.0.6.
#[test]
fn errors_have_jsonatas_words() {
    for (source, expected) in [
        ("1 + 'a'", "T2002: The right side of the \"+\" operator must evaluate to a number"),
        ("'a' - 1", "T2001: The left side of the \"-\" operator must evaluate to a number"),
        ("$number('33 1/2')", "D3030: Unable to cast value to a number: \"33 1/2\""),
        (
            "$formatBase(1, 37)",
            "D3100: The radix of the formatBase function must be between 2 and 36.  It was given 37",
        ),
        ("$split('a', 'b', -1)", "D3020: Third argument of split function must evaluate to a positive number"),
        ("$replace('a', '', 'b')", "D3010: Second argument of replace function cannot be an empty string"),
        ("[1.5..3]", "T2003: The left side of the range operator (..) must evaluate to an integer"),
        (
            "$formatNumber(1, '0e0%')",
            "D3092: A sub-picture that contains a 'percent' or 'per-mille' character must not contain a character treated as an 'exponent-separator'",
        ),
        (
            "$single([1, 2])",
            "D3138: The $single() function expected exactly 1 matching result.  Instead it matched more.",
        ),
        ("$now(1)", "T0410: Argument 1 of function \"now\" does not match function signature"),
        ("$now('[Y]', 1)", "T0410: Argument 2 of function \"now\" does not match function signature"),
        ("$now('[Y]', '+0100', 1)", "T0410: Argument 3 of function \"now\" does not match function signature"),
        ("$fromMillis(1, '[q]')", "D3132: Unknown component specifier \"q\" in date/time picture string"),
        ("$fromMillis(1, '[Y')", "D3135: No matching closing bracket ']' in date/time picture string"),
    ] {
        check(source, &format!("threw. {expected}"));
    }
    for (source, expected) in [
        ("[1)", "Expected \"]\", got \")\""),
        ("$f(1", "Expected \")\" before end of expression"),
        ("1 + ", "Unexpected end of expression"),
        ("}", "The symbol \"}\" cannot be used as a unary operator"),
        ("'a", "String literal must be terminated by a matching quote"),
        ("1 2", "Syntax error: 2"),
        ("'\\y'", "Unsupported escape sequence: \\\"y\""),
        ("10e1000", "Number out of range: \"10e1000\""),
        ("/* a", "Comment has no closing tag"),
        ("function(a) { a }", "Parameter 1 of function definition must be a variable name (start with $)"),
    ] {
        check(source, expected);
    }
}

const STACK: &str =
    "threw: Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.";
const MEMORY: &str = "threw: Expression evaluation memory limit exceeded: Check for excessive memory usage";

#[test]
fn endless_evaluations_end() {
    check("($f := function() { $f() + 1 }; $f())", STACK);
    check("($f := function() { [$f()] }; $f())", STACK);
}

#[test]
fn growth_ends_at_the_services_memory_limit() {
    for hostile in [
        "[1..873783]",
        "[1..9999999]",
        "$pad('', 1000000000)",
        "'' ~> $pad(-1000000000, 'ab')",
        "$reduce([1..100], function($a, $i) { $a & $a }, 'x')",
        "$reduce([1..100], function($a, $i) { [$a, $a] }, [1])",
        "$reduce([1..100], function($a, $i) { {'a': $a, 'b': $a} }, 1)",
        "$reduce([1..100], function($a, $i) { $append($a, $a) }, [1])",
        "$reduce([1..100], function($a, $i) { $string([$a, $a]) }, 'x')",
        "($a := $pad('', 5000000); $b := $a & $a; $b)",
        "($a := $pad('', 3000); $join([1..3000].('x'), $a))",
        "($a := $pad('', 3000, 'a'); $replace($a, 'a', $a))",
        "($a := $pad('', 3000, 'a'); $replace($a, /a/, $a))",
        "($a := $pad('', 1000, 'a'); $string([1..10000].($a)))",
        "($a := $pad('', 1000, 'a'); $string([1..10000]#$v.($a)))",
        "($a := $pad('', 1000, 'a'); [1..10000].{'a': $a})",
        "($a := [1..1000]; $a.($a))",
        "$zip([1..500000], [1..500000])",
        "($a := $pad('', 5000000); [$a, $a])",
        "($a := $pad('', 5000000); $string([$a, $a]))",
        "($a := $pad('', 5000000); $length($a & $a))",
    ] {
        check(hostile, MEMORY);
    }
}

#[test]
fn what_fits_into_the_memory_limit_is_built() {
    check("$count([1..873782])", "873782");
    check("$length($reduce([1..22], function($a, $i) { $a & $a }, 'x'))", "4194304");
    check("$length($pad('', 6990000))", "6990000");
    check("$length($replace($pad('', 2000, 'ab'), 'b', $pad('', 5000)))", "5001000");
    check("$join(['a', 'b'], $pad('', 3))", "\"a   b\"");
    check("'a.b.c' ~> $replace('.', '-', 1)", "\"a-b.c\"");
    check("['a', 'b'] ~> $join", "\"ab\"");
    check("$map(['a', 'b'], $pad(?, 2, '.'))", "[\"a.\",\"b.\"]");
}

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

/// How deep the service lets expressions of each shape be.
#[test]
fn depth_ends_where_the_services_does() {
    type Shape = fn(usize) -> String;
    let deep: [(&str, usize, Shape); 6] = [
        ("terms", 100, |n| vec!["1"; n].join("+")),
        ("paths", 99, |n| vec!["$x.s"; n].join("&")),
        ("parentheses", 99, |n| "(".repeat(n) + "1" + &")".repeat(n)),
        ("brackets", 99, |n| "[".repeat(n) + "1" + &"]".repeat(n)),
        ("objects", 99, |n| "{'a':".repeat(n) + "1" + &"}".repeat(n)),
        ("calls", 31, |n| format!("($f := function($n) {{ $n = 0 ? 1 : $n * $f($n - 1) }}; $f({n}))")),
    ];
    let input = json!({ "s": "t" });
    for (name, most, shape) in deep {
        for (depth, fits) in [(most, true), (most + 1, false)] {
            let found = eval_by(&shape(depth), &input, Expression::eval);
            assert_eq!(found.is_ok(), fits, "{depth} {name}: {found:?}");
            let by_engine = eval_by(&shape(depth), &input, Expression::eval_by_engine);
            assert_eq!(found, by_engine, "{depth} {name}");
        }
    }
}

#[test]
fn times_are_those_of_the_executions_clock() {
    check("$fromMillis($toMillis('13:45', '[H]:[m]'))", "\"2023-11-14T13:45:00.000Z\"");
    check("$fromMillis($toMillis('02-03', '[M]-[D]'))", "\"2023-02-03T00:00:00.000Z\"");
    check("$fromMillis($toMillis('7', '[m]'))", "\"2023-11-14T22:07:00.000Z\"");
    check("$toMillis('1970-01-01T00:00:01', '[Y]-[M]-[D]T[H]:[m]:[s]')", "1000");
    check("$toMillis($nothing, '[H]')", "Undefined");
    check("$toMillis(1, '[H]')", "threw. T0410: Argument 1 of function \"toMillis\" does not match function signature");
}

/// What JSONata 2.0.6 says of each expression.
#[test]
fn messages_are_jsonatas() {
    let messages: Vec<(String, String)> = serde_json::from_str(include_str!("tests/messages.json")).unwrap();
    for (source, message) in &messages {
        let found = eval_by(source, &Json::Null, Expression::eval);
        assert_eq!(found, Err(format!("threw. {message}")), "{source}");
    }
}

#[test]
fn clones_are_equal() {
    check("$clone($x.o)", r#"{"k":"v"}"#);
    check("$clone($x.one)", "[5]");
    check("$clone($nothing)", "Undefined");
}
