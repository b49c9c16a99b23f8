mod bounds;
mod direct;
mod patterns;
mod suite;

use std::collections::HashMap;

use chrono::DateTime;
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
        ("$string($x.big)", r#""9007199254740993""#),
        ("'no. ' & $x.big & ' ' & true & null", r#""no. 9007199254740993 truenull""#),
        ("$merge([$x, {'small': 1}]).big", "9007199254740992"),
        ("$merge([$x, {'small': 1}])", r#"{"big":9007199254740993,"most":9223372036854775807,"small":1}"#),
        ("$power(2, 53)", "9007199254740992"),
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
