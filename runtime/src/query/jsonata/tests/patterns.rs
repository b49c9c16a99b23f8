use super::*;

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
