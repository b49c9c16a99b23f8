//! `Option`.

use super::*;

fn options() -> Vec<Option<i64>> {
    vec![None, Some(0), Some(1), Some(7)]
}

fn pairs() -> Vec<(Option<i64>, Option<i64>)> {
    options().into_iter().flat_map(|a| options().into_iter().map(move |b| (a, b))).collect()
}

fn lists() -> Vec<Option<Vec<i64>>> {
    vec![None, Some(vec![]), Some(vec![1]), Some(vec![1, 2])]
}

fn texts() -> Vec<Option<String>> {
    vec![None, Some(String::new()), Some("a".to_owned())]
}

fn lit(value: i64) -> Expr<i64> {
    B.lit(value)
}

#[test]
fn questions() {
    both!(options(), |o: Option<i64>| o.is_some());
    both!(options(), |o: Option<i64>| o.is_none());
    both!(lists(), |o: Option<Vec<i64>>| o.is_some());
    agree(options(), |o| o.is_some_and(|i| i > 0), |o| o.is_some_and(|i| B.gt(i, lit(0))));
    agree(options(), |o| o.is_none_or(|i| i > 0), |o| o.is_none_or(|i| B.gt(i, lit(0))));
    agree(pairs(), |(a, b)| a == b, |p| B.eq(first(p), second(p)));
    agree(pairs(), |(a, b)| a < b, |p| B.lt(first(p), second(p)));
    agree(pairs(), |(a, b)| a >= b, |p| B.ge(first(p), second(p)));
}

#[test]
fn values() {
    both!(options(), |o: Option<i64>| o.unwrap());
    both!(options(), |o: Option<i64>| o.expect(text("a number")));
    both!(options(), |o: Option<i64>| o.unwrap_or_default());
    both!(lists(), |o: Option<Vec<i64>>| o.unwrap_or_default());
    both!(texts(), |o: Option<String>| o.unwrap_or(string("none")));
    both!(texts(), |o: Option<String>| o.unwrap_or_else(|| string("none")));
    both!(options(), |o: Option<i64>| o.ok_or(string("none")));
    both!(options(), |o: Option<i64>| o.ok_or_else(|| string("none")));
    agree(options(), |o| o.map_or(-1, |i| i + 1), |o| o.map_or(lit(-1), |i| B.add(i, lit(1))));
    agree(options(), |o| o.map_or_else(|| -1, |i| i + 1), |o| o.map_or_else(|| lit(-1), |i| B.add(i, lit(1))));
    agree(lists(), |o| o.map_or(0, |l| l.len()), |o| o.map_or(B.lit(0), |l| l.len()));
}

#[test]
fn arguments_are_evaluated_in_any_case() {
    agree(options(), |o| o.unwrap_or(10 / o.unwrap_or(1)), |o| o.unwrap_or(B.div(lit(10), o.unwrap_or(lit(1)))));
    agree(
        options(),
        |o| o.unwrap_or_else(|| 10 / o.unwrap_or(1)),
        |o| o.unwrap_or_else(|| B.div(lit(10), o.unwrap_or(lit(1)))),
    );
}

#[test]
fn other_options() {
    agree(options(), |o| o.map(|i| i + 1), |o| o.map(|i| B.add(i, lit(1))));
    agree(options(), |o| o.and_then(|i| (i > 0).then_some(i)), |o| o.and_then(|i| B.gt(i, lit(0)).then_some(i)));
    agree(options(), |o| o.filter(|i| *i > 0), |o| o.filter(|i| B.gt(i, lit(0))));
    agree(pairs(), |(a, b)| a.or(b), |p| first(p).or(second(p)));
    agree(pairs(), |(a, b)| a.or_else(|| b), |p| first(p).or_else(|| second(p)));
    agree(pairs(), |(a, b)| a.and(b), |p| first(p).and(second(p)));
    agree(pairs(), |(a, b)| a.xor(b), |p| first(p).xor(second(p)));
    agree(pairs(), |(a, b)| a.zip(b), |p| first(p).zip(second(p)));
    both!(lists(), |o: Option<Vec<i64>>| o.clone().zip(o.clone()));
    both!(options(), |o: Option<i64>| o.iter().count());
    both!(lists(), |o: Option<Vec<i64>>| o.into_iter().collect::<Vec<_>>());
    both!(texts(), |o: Option<String>| o.as_deref().map(|s| s.to_uppercase()));
    both!([None, Some(None), Some(Some(3))], |o: Option<Option<i64>>| o.flatten());
    agree([true, false], |b| b.then(|| 1_i64), |b| b.then(|| lit(1)));
    agree([true, false], |b| b.then_some(1_i64), |b| b.then_some(lit(1)));
}

#[test]
fn results_inside() {
    agree(
        options(),
        |o| o.map(|i| if i > 0 { Ok(i) } else { Err(i) }).transpose(),
        |o| o.map(|i| B.gt(i, lit(0)).then_some(i).ok_or(i)).transpose(),
    );
}

#[test]
fn options_in_variables() {
    agree(options(), |mut o| (o.take(), o), |o| changed(o, |o| o.take(), |a, b| B.tuple((a, b))));
    agree(options(), |mut o| (o.replace(5), o), |o| changed(o, |o| o.replace(lit(5)), |a, b| B.tuple((a, b))));
    agree(options(), |mut o| (*o.insert(5), o), |o| changed(o, |o| o.insert(lit(5)), |a, b| B.tuple((a, b))));
    agree(
        options(),
        |mut o| (*o.get_or_insert(5), o),
        |o| changed(o, |o| o.get_or_insert(lit(5)), |a, b| B.tuple((a, b))),
    );
    agree(
        options(),
        |mut o| (*o.get_or_insert_with(|| 5), o),
        |o| changed(o, |o| o.get_or_insert_with(|| lit(5)), |a, b| B.tuple((a, b))),
    );
}

fn some<T: Shaped>(value: Expr<T>) -> Expr<Option<T>> {
    B.wrap(value, Some, "Some")
}

/// Whether the machine of a twin asks whether a value is `null`.
fn asks<A: Data, R>(twin: impl FnOnce(Expr<A>) -> Expr<R>) -> bool {
    Machine::of(twin).text().contains("null")
}

#[test]
fn only_what_may_be_null_by_its_type_is_asked_whether_it_is() {
    type Pair = (String, Option<String>);
    let or_empty = |option: Expr<Option<String>>| option.unwrap_or(B.text(""));
    assert!(!asks(|text: Expr<String>| some(text).is_some()));
    assert!(!asks(|pair: Expr<Pair>| or_empty(some(first(pair)))));
    assert!(!asks(|pair: Expr<Pair>| or_empty(B.bind("first", some(first(pair))))));
    assert!(!asks(|lists: Expr<Vec<Vec<i64>>>| lists.iter().map(|list| some(list).is_some()).collect::<Vec<bool>>()));
    assert!(asks(|option: Expr<Option<String>>| or_empty(option)));
    assert!(asks(|pair: Expr<Pair>| or_empty(second(pair))));
    assert!(asks(|pairs: Expr<Vec<Pair>>| pairs.iter().map(|pair| second(pair).is_some()).collect::<Vec<bool>>()));
}

/// Rust evaluates what is in a `Some` before anything asks for it.
#[test]
fn what_is_in_some_is_evaluated_in_any_case() {
    agree([0, 1, 5], |i: i64| Some(10 / i).is_some(), |i: Expr<i64>| some(B.div(lit(10), i)).is_some());
}

#[test]
fn nothing_in_nothing_is_reported() {
    let recorded = crate::stage::record(crate::Position::caller(), || {
        let nested = crate::stage::node::parameters(&["o"], &[Option::<Option<i64>>::shape]);
        Expr::<Option<Option<i64>>>::from_id(nested[0]).is_some()
    });
    assert_eq!(recorded.diagnostics.iter().map(|found| found.code).collect::<Vec<_>>(), [crate::Code::NestedOption]);
}
