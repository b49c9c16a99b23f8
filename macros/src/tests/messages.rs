//! What is reported in bodies, beside the catalogue's own examples, and what is left to rustc.

use super::{messages, pretty};

/// The codes reported for a workflow with this body.
fn codes(body: &str) -> Vec<String> {
    let source = format!("#[workflow] async fn wf(n: u32, list: Vec<u32>) -> u32 {{ {body} }}");
    let found = messages(&pretty(&source));
    found
        .iter()
        .map(|text| text[text.find("[SW").expect("a code") + 1..text.find(']').expect("a code")].to_owned())
        .collect()
}

#[test]
fn what_a_workflow_cannot_express() {
    for (body, expected) in [
        ("dbg!(n)", "SW030"),
        ("mine::thing!(n)", "SW030"),
        ("n << 2", "SW031"),
        ("let mut x = n; x ^= 1; x", "SW031"),
        ("format!(\"{n:x}\")", "SW032"),
        ("format!(\"{:1$}\", n, 5)", "SW032"),
        ("panic!(\"{n:?}\")", "SW032"),
        ("if let [a, b] = list { a } else { 0 }", "SW034"),
        ("match n { my_macro!() => 1, _ => 2 }", "SW035"),
        ("let mut y = 1; match n { x if { y += x; true } => 1, _ => 2 }", "SW037"),
        ("match n { 1 if risky(n)? => 1, _ => 2 }", "SW037"),
        ("list.iter().map(async |x| x).count()", "SW038"),
        ("let a = c\"text\"; n", "SW039"),
        ("18_446_744_073_709_551_615", "SW040"),
        ("-9_007_199_254_740_993", "SW040"),
        ("match n { 9_007_199_254_740_993 => 1, _ => 2 }", "SW040"),
        ("let t = (1, 2, 3, 4, 5, 6, 7, 8, 9); n", "SW041"),
        ("(list.f)(n)", "SW042"),
        ("const { 3 }", "SW043"),
        ("add(&mut n)", "SW011"),
        ("for x in list { *x = 3; } n", "SW044"),
        ("for x in list { (x.part, _) = (1, 2); } n", "SW044"),
        ("let f = |x| { x.part += 1; x }; f(n)", "SW044"),
        ("join!(a(), b(), c(), d(), e(), f(), g(), h(), i())", "SW048"),
        ("match n { #[cfg(test)] 1 => 1, _ => 2 }", "SW047"),
    ] {
        assert_eq!(codes(body), [expected], "{body}");
    }
}

#[test]
fn several_mistakes_in_one_body() {
    assert_eq!(codes("println!(); let x = n | 1; unsafe { f() }"), ["SW030", "SW031", "SW043"]);
}

/// The native function has the same mistake, and rustc says so: the twin is silent.
#[test]
fn what_rustc_reports_is_left_to_it() {
    for body in [
        "n = 3; n",
        "for x in list { (x, _) = (1, 2); } n",
        "let f = |x| { x += 1; x }; f(n)",
        "break",
        "continue 'a",
        "format!(\"{}\")",
        "format!(\"{\")",
        "vec![1 2]",
        "match n { A(x) | B(y) => 1, _ => 2 }",
    ] {
        assert_eq!(codes(body), Vec::<String>::new(), "{body}");
    }
}
