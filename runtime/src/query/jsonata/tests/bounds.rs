use super::*;

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
