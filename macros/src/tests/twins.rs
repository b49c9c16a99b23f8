//! Twins of function bodies, construct by construct.

use insta::assert_snapshot;

use super::twin;

/// The body of an `async fn wf(n: u32, items: Vec<Item>, status: Status)`, and its twin.
fn body(body: &str) -> String {
    let twin = twin(&format!("#[workflow] async fn wf(n: u32, items: Vec<Item>, status: Status) -> u32 {{ {body} }}"));
    format!("{body}\n=>\n{twin}")
}

#[test]
fn literals_names_and_constants() {
    assert_snapshot!(body(
        r#"let a = 5; let b = -3i8; let c = "text"; let d = MAX; let e = Status::Open; let f = -n; a"#
    ));
}

#[test]
fn operators() {
    assert_snapshot!(body("let a = !(n == 1 && n < 2) || n as u64 > 3; let b = *n + &n % 2; items[0].price"));
}

#[test]
fn a_right_side_that_does_more_than_read_is_only_reached() {
    assert_snapshot!(body("let a = n > 1 && ready(n); let b = n > 1 || fetch(n).await; n"));
}

#[test]
fn operands_are_held_before_a_later_one_changes_a_variable() {
    assert_snapshot!(body("let mut x = n; let y = x + { x += 1; x }; f(x, 1, { x = 2; x })"));
}

#[test]
fn structs_tuples_and_lists() {
    assert_snapshot!(body("let p = Point { x: n, ..base }; let t = (n, p.x); let v = vec![n, 1]; let w = [0; 3]; t.0"));
}

#[test]
fn constructors() {
    assert_snapshot!(body("let a = Some(n); let b = Status::Done(n, 2); n"));
}

#[test]
fn calls() {
    assert_snapshot!(body(
        "let a = twice(n); let b = tasks::charge(n, 1).await; let c = make::<u8>(n); charge(n).await; a"
    ));
}

#[test]
fn associated_functions_and_traits() {
    assert_snapshot!(body(
        "let a = u64::from(n); let b = Vec::<&str>::new(); let c: Opts = Default::default(); ToString::to_string(&n)"
    ));
}

#[test]
fn methods() {
    assert_snapshot!(body("let mut v = Vec::new(); v.push(n); items.iter().map(|i| i.price).sum::<u32>() + v.len()"));
}

#[test]
fn functions_as_arguments() {
    assert_snapshot!(body(
        "items.iter().map(price).filter(is_big).map(Some).unwrap_or_else(String::new).map(Into::into).fold(0, add)"
    ));
}

#[test]
fn closures() {
    assert_snapshot!(body(
        "let f = |(a, b): (u32, u32)| a + b; let g = |x: &u32| -> u32 { if *x > 3 { return 1 } *x }; f((n, g(n)))"
    ));
}

#[test]
fn variables() {
    assert_snapshot!(body("let mut x: u32 = n; x += 1; let p = Point::new(); let late; late = x; late"));
}

#[test]
fn assignments_to_parts() {
    assert_snapshot!(body(
        "let mut p = base; p.x = n; p.list[n] *= 2; let (mut a, mut b) = (1, 2); (a, b) = (b, a); a"
    ));
}

#[test]
fn shadowing_follows_blocks() {
    assert_snapshot!(body("let mut x = n; { let x = 1; f(x); } x"));
}

#[test]
fn branches() {
    assert_snapshot!(body("if n > 1 { 1 } else if n > 2 { return 2 } else { f(n); 3 }"));
}

#[test]
fn let_chains() {
    assert_snapshot!(body("if let Some(a) = find(n) && a > 1 && let Some(b) = a.next { a + b } else { 0 }"));
}

#[test]
fn a_later_let_that_waits_is_nested() {
    assert_snapshot!(body("if let Some(a) = find(n).await && let Some(b) = find(a).await { b } else { 0 }"));
}

#[test]
fn matches_with_all_patterns() {
    assert_snapshot!(body(
        "match status {
            Status::Open => 0,
            Status::Done(1..=5 | 9, ..) => 1,
            Status::Done(a @ 6.., _, ref b) if b.x > a => 2,
            Status::Failed { code, why: Some(mut w) } => { w = code; w }
            Status::A(x, y) | Status::B { y, x } => x + y,
            other => f(other),
        }"
    ));
}

#[test]
fn matching_on_texts_and_tuples() {
    assert_snapshot!(body(r#"match (name.as_str(), n) { ("a", 1) | ("b", _) => 1, (_, MAX) => 2, _ => 3 }"#));
}

#[test]
fn nested_alternatives_with_names_are_spread() {
    assert_snapshot!(body(
        "match status { Some(A(x) | B(x)) => x, Err(e @ (Low::X | Low::Y { .. })) => f(e), _ => 0 }"
    ));
}

#[test]
fn let_else() {
    assert_snapshot!(body("let Some(Point { x, .. }) = find(n) else { return 0 }; let (a, _) = x; a"));
}

#[test]
fn loops() {
    assert_snapshot!(body(
        "'outer: loop { while n > 1 { continue 'outer; } for (i, item) in items.iter().enumerate() { f(i); } break 'outer n }"
    ));
}

#[test]
fn a_loop_without_a_break_has_no_value() {
    assert_snapshot!(body("loop { if let Some(x) = find(n).await { return x } }"));
}

#[test]
fn while_let() {
    assert_snapshot!(body("while let Some(x) = find(n).await { if x > 3 { break } } n"));
}

#[test]
fn labelled_blocks() {
    assert_snapshot!(body("'a: { if n > 1 { break 'a 1 } 2 }"));
}

#[test]
fn question_marks_and_async_blocks() {
    assert_snapshot!(body("let r = async { let a = risky(n).await?; Ok(a) }.await; r?"));
}

#[test]
fn join() {
    assert_snapshot!(body("let (a, b) = try_join!(pick(n), async { pack(n).await })?; a"));
}

#[test]
fn map_of_effects() {
    assert_snapshot!(body(
        "map(items, async |item| -> Result<u32, E> { Ok(pick(item).await?) }).max_concurrency(5).await?"
    ));
}

#[test]
fn formats() {
    assert_snapshot!(body(r#"format!("{{{n}}} {} {1:>5} {name:*^+08.3} {0}", n + 1, f(n), name = MAX)"#));
}

#[test]
fn matches_macro() {
    assert_snapshot!(body("if matches!(status, Status::Done(x, _) if x > 3) { 1 } else { 2 }"));
}

#[test]
fn panics_and_assertions() {
    assert_snapshot!(body(
        r#"assert!(n > 1); assert!(n > 1, "n is {n}"); assert_eq!(n, 2); if n > 3 { panic!("too {}", n) } unreachable!()"#
    ));
}

#[test]
fn ranges() {
    assert_snapshot!(body("for i in 0..n { f(i); } let a = items[1..=n]; let b = items[..n]; let c = items[n..]; n"));
}

#[test]
fn statements_without_a_type_get_one() {
    assert_snapshot!(body("let x = match n { 0 => return 1, _ => return 2 };"));
}

#[test]
fn items_inside_stand_in_the_twin() {
    assert_snapshot!(body("const MOST: u32 = 3; use other::thing; thing(MOST)"));
}
