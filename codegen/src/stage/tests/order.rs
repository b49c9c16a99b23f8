//! Order.

use std::{cmp::Ordering, time::Duration};

use super::*;

#[test]
fn texts_are_ordered_by_character() {
    let texts = ["", "a", "B", "ab", "b", "é", "z", "Z", "10", "9"].map(str::to_owned);
    let pairs = || texts.iter().flat_map(|a| texts.iter().map(move |b| (a.clone(), b.clone()))).collect::<Vec<_>>();
    agree(pairs(), |(a, b)| a < b, |p| B.lt(first(p), second(p)));
    agree(pairs(), |(a, b)| a >= b, |p| B.ge(first(p), second(p)));
    agree(pairs(), |(a, b)| a.cmp(&b) as i8, |p| first(p).cmp(second(p)));
    agree(pairs(), |(a, b)| a.max(b), |p| first(p).max(second(p)));
}

#[test]
fn others_are_ordered() {
    let booleans = || vec![(false, false), (false, true), (true, false), (true, true)];
    agree(booleans(), |(a, b)| a < b, |p| B.lt(first(p), second(p)));
    let durations = || {
        let all =
            [Duration::ZERO, Duration::from_millis(1500), Duration::from_secs(1), Duration::from_nanos(999_999_999)];
        all.into_iter().flat_map(|a| all.into_iter().map(move |b| (a, b))).collect::<Vec<_>>()
    };
    agree(durations(), |(a, b)| a < b, |p| B.lt(first(p), second(p)));
    agree(durations(), |(a, b)| a >= b, |p| B.ge(first(p), second(p)));
    agree(durations(), |(a, b)| a.min(b), |p| first(p).min(second(p)));
    let triples = || {
        let all = [(1, 1, 1), (1, 1, 2), (1, 2, 0), (2, 0, 0)];
        all.into_iter().flat_map(|a| all.into_iter().map(move |b| (a, b))).collect::<Vec<((i32, i32, i32), _)>>()
    };
    agree(triples(), |(a, b)| a < b, |p| B.lt(first(p), second(p)));
    agree(triples(), |(a, b)| a <= b, |p| B.le(first(p), second(p)));
    agree(triples(), |(a, b)| a > b, |p| B.gt(first(p), second(p)));
    agree(triples(), |(a, b)| a >= b, |p| B.ge(first(p), second(p)));
}

#[test]
fn orderings() {
    let pairs = || vec![(1, 2), (2, 2), (3, 2)];
    let less = || B.k(&Ordering::Less).stage();
    agree(pairs(), |(a, b): (i32, i32)| a.cmp(&b).reverse() as i8, |p| first(p).cmp(second(p)).reverse());
    agree(pairs(), |(a, b)| a.cmp(&b).then(Ordering::Less) as i8, |p| first(p).cmp(second(p)).then(less()));
    agree(pairs(), |(a, b)| a.cmp(&b).then_with(|| Ordering::Less) as i8, |p| first(p).cmp(second(p)).then_with(less));
    agree(pairs(), |(a, b)| a.cmp(&b).is_lt(), |p| first(p).cmp(second(p)).is_lt());
    agree(pairs(), |(a, b)| a.cmp(&b).is_ge(), |p| first(p).cmp(second(p)).is_ge());
    agree(pairs(), |(a, b)| a.cmp(&b).is_eq(), |p| first(p).cmp(second(p)).is_eq());
    agree(pairs(), |(a, b)| a.cmp(&b) == Ordering::Less, |p| B.eq(first(p).cmp(second(p)), less()));
    agree(pairs(), |(a, b)| a.partial_cmp(&b).map(|o| o as i8), |p| first(p).partial_cmp(second(p)));
}
