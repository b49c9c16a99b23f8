//! Iterators.

use std::collections::BTreeMap;

use super::*;

fn pairs() -> Vec<Vec<(String, i64)>> {
    let lists: [&[(&str, i64)]; 4] = [&[], &[("a", 1)], &[("b", 2), ("a", 1)], &[("a", 1), ("c", 3), ("a", 2)]];
    lists.iter().map(|list| list.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect()).collect()
}

fn optional() -> Vec<Vec<Option<i64>>> {
    vec![vec![], vec![None], vec![Some(1)], vec![Some(1), Some(4)], vec![None, Some(2), None]]
}

fn nested() -> Vec<Vec<Vec<i64>>> {
    vec![
        vec![],
        vec![vec![]],
        vec![vec![1]],
        vec![vec![1, 2]],
        vec![vec![], vec![3]],
        vec![vec![1], vec![2, 3], vec![]],
    ]
}

/// `collect::<Vec<_>>()`
fn listed<T: Shaped>(iterator: Expr<Iter<T>>) -> Expr<Vec<T>> {
    iterator.collect()
}

fn lit(value: i64) -> Expr<i64> {
    B.lit(value)
}

#[test]
fn map_and_filter() {
    agree(lists(), |v| v.iter().map(|i| i + 1).collect::<Vec<_>>(), |v| listed(v.iter().map(|i| B.add(i, lit(1)))));
    agree(lists(), |v| v.iter().map(|i| vec![*i]).collect::<Vec<_>>(), |v| listed(v.iter().map(|i| B.list([i]))));
    agree(lists(), |v| v.iter().map(|_| ()).collect::<Vec<_>>(), |v| listed(v.iter().map(|_| B.unit())));
    agree(
        lists(),
        |v| v.into_iter().filter(|i| *i > 1).collect::<Vec<_>>(),
        |v| listed(v.into_iter().filter(|i| B.gt(i, lit(1)))),
    );
    agree(
        nested(),
        |v| v.into_iter().filter(|i| i.len() > 1).collect::<Vec<_>>(),
        |v| listed(v.into_iter().filter(|i| B.gt(i.len(), B.lit(1)))),
    );
    agree(
        optional(),
        |v| v.into_iter().filter(Option::is_none).collect::<Vec<_>>(),
        |v| listed(v.into_iter().filter(|i| i.is_none())),
    );
    agree(
        lists(),
        |v| v.iter().filter_map(|i| (*i > 1).then_some(i * 2)).collect::<Vec<_>>(),
        |v| listed(v.iter().filter_map(|i| B.gt(i, lit(1)).then_some(B.mul(i, lit(2))))),
    );
    agree(
        nested(),
        |v| v.iter().map(|l| l.iter().map(|i| i + 1).collect::<Vec<_>>()).collect::<Vec<_>>(),
        |v| listed(v.iter().map(|l| listed(l.iter().map(|i| B.add(i, lit(1)))))),
    );
}

#[test]
fn flattening() {
    agree(nested(), |v| v.into_iter().flatten().collect::<Vec<_>>(), |v| listed(v.into_iter().flatten()));
    agree(optional(), |v| v.into_iter().flatten().collect::<Vec<_>>(), |v| listed(v.into_iter().flatten()));
    agree(
        lists(),
        |v| v.iter().flat_map(|i| vec![*i, *i]).collect::<Vec<_>>(),
        |v| listed(v.iter().flat_map(|i| B.list([i, i]))),
    );
    agree(
        lists(),
        |v| v.iter().flat_map(|i| vec![vec![*i]]).collect::<Vec<_>>(),
        |v| listed(v.iter().flat_map(|i| B.list([B.list([i])]))),
    );
    agree(
        lists(),
        |v| v.iter().flat_map(|i| (*i > 1).then_some(*i)).collect::<Vec<_>>(),
        |v| listed(v.iter().flat_map(|i| B.gt(i, lit(1)).then_some(i))),
    );
}

#[test]
fn order_and_number() {
    agree(lists(), |v| v.iter().copied().enumerate().collect::<Vec<_>>(), |v| listed(v.iter().enumerate()));
    agree(nested(), |v| v.iter().cloned().enumerate().collect::<Vec<_>>(), |v| listed(v.iter().enumerate()));
    agree(lists(), |v| v.iter().copied().rev().collect::<Vec<_>>(), |v| listed(v.iter().rev()));
    agree(nested(), |v| v.iter().cloned().rev().collect::<Vec<_>>(), |v| listed(v.iter().rev()));
    agree(
        lists(),
        |v| v.iter().copied().zip(vec![7, 8]).collect::<Vec<_>>(),
        |v| listed(v.iter().zip(B.list([lit(7), lit(8)]))),
    );
    agree(nested(), |v| v.iter().cloned().zip(v.clone()).collect::<Vec<_>>(), |v| listed(v.iter().zip(v)));
    agree(optional(), |v| v.iter().cloned().zip(v.clone()).collect::<Vec<_>>(), |v| listed(v.iter().zip(v)));
    agree(
        lists(),
        |v| v.iter().copied().chain(vec![9]).collect::<Vec<_>>(),
        |v| listed(v.iter().chain(B.list([lit(9)]))),
    );
    agree(nested(), |v| v.iter().cloned().chain(v.clone()).collect::<Vec<_>>(), |v| listed(v.iter().chain(v)));
}

#[test]
fn parts() {
    for n in 0..4_usize {
        agree(lists(), |v| v.iter().copied().take(n).collect::<Vec<_>>(), |v| listed(v.iter().take(B.lit(n))));
        agree(lists(), |v| v.iter().copied().skip(n).collect::<Vec<_>>(), |v| listed(v.iter().skip(B.lit(n))));
        agree(nested(), |v| v.iter().cloned().take(n).collect::<Vec<_>>(), |v| listed(v.iter().take(B.lit(n))));
        agree(lists(), |v| v.iter().copied().step_by(n).collect::<Vec<_>>(), |v| listed(v.iter().step_by(B.lit(n))));
        agree(lists(), |v| v.iter().copied().nth(n), |v| v.iter().nth(B.lit(n)));
    }
    agree(
        lists(),
        |v| v.into_iter().take_while(|i| *i > 1).collect::<Vec<_>>(),
        |v| listed(v.into_iter().take_while(|i| B.gt(i, lit(1)))),
    );
    agree(
        lists(),
        |v| v.into_iter().skip_while(|i| *i > 1).collect::<Vec<_>>(),
        |v| listed(v.into_iter().skip_while(|i| B.gt(i, lit(1)))),
    );
    agree(
        lists(),
        |v| v.into_iter().map_while(|i| (i > 1).then_some(i * 2)).collect::<Vec<_>>(),
        |v| listed(v.into_iter().map_while(|i| B.gt(i, lit(1)).then_some(B.mul(i, lit(2))))),
    );
}

#[test]
fn searching() {
    agree(lists(), |v| v.iter().any(|i| *i == 2), |v| v.iter().any(|i| B.eq(i, lit(2))));
    agree(lists(), |v| v.iter().all(|i| *i > 0), |v| v.iter().all(|i| B.gt(i, lit(0))));
    agree(lists(), |v| v.iter().copied().find(|i| *i < 2), |v| v.iter().find(|i| B.lt(i, lit(2))));
    agree(nested(), |v| v.iter().cloned().find(|i| !i.is_empty()), |v| v.iter().find(|i| B.not(i.is_empty())));
    agree(
        lists(),
        |v| v.iter().find_map(|i| (*i < 2).then_some(i + 1)),
        |v| v.iter().find_map(|i| B.lt(i, lit(2)).then_some(B.add(i, lit(1)))),
    );
    agree(lists(), |v| v.iter().position(|i| *i == 2), |v| v.iter().position(|i| B.eq(i, lit(2))));
    agree(lists(), |v| v.iter().position(|i| *i == 9), |v| v.iter().position(|i| B.eq(i, lit(9))));
    both!(lists(), |v: Vec<i64>| v.iter().count());
    both!(lists(), |v: Vec<i64>| v.iter().next().copied());
    both!(lists(), |v: Vec<i64>| v.iter().last().copied());
    both!(nested(), |v: Vec<Vec<i64>>| v.iter().last().cloned());
}

#[test]
fn a_search_stops_where_rust_stops() {
    let divides = |i: Expr<i64>| B.gt(B.div(lit(6), i), lit(1));
    agree(lists(), |v| v.iter().any(|i| 6 / i > 1), |v| v.iter().any(divides));
    agree(lists(), |v| v.iter().all(|i| 6 / i > 1), |v| v.iter().all(divides));
    agree(lists(), |v| v.iter().copied().find(|i| 6 / i > 1), |v| v.iter().find(divides));
    agree(lists(), |v| v.iter().position(|i| 6 / i > 1), |v| v.iter().position(divides));
    agree(
        lists(),
        |v| v.into_iter().take_while(|i| 6 / i > 1).collect::<Vec<_>>(),
        |v| listed(v.into_iter().take_while(divides)),
    );
}

#[test]
fn folding() {
    agree(
        lists(),
        |v| v.iter().fold(1, |a, i| a * 2 + i),
        |v| v.iter().fold(lit(1), |a, i| B.add(B.mul(a, lit(2)), i)),
    );
    agree(
        lists(),
        |v| {
            v.iter().fold(vec![], |mut a, i| {
                a.insert(0, *i);
                a
            })
        },
        |v| v.iter().fold(B.list([]), |a, i| listed(B.list([i]).iter().chain(a))),
    );
    agree(
        lists(),
        |v| v.into_iter().reduce(|a, i| a * 2 + i),
        |v| v.into_iter().reduce(|a, i| B.add(B.mul(a, lit(2)), i)),
    );
    agree(
        lists(),
        |v| v.iter().fold(None, |a: Option<i64>, i| a.or(Some(*i))),
        |v| v.iter().fold(B.k(&None::<i64>).stage(), |a, i| a.or(i.into())),
    );
    both!(lists(), |v: Vec<i64>| v.iter().sum::<i64>());
    both!(lists(), |v: Vec<i64>| v.iter().product::<i64>());
    both!([vec![], vec![0.1, 0.2, 0.3], vec![1e16, 1.0, -1e16]], |v: Vec<f64>| v.iter().sum::<f64>());
    both!([vec![], vec![100, 100, -100], vec![100, -100, 100]], |v: Vec<i8>| v.iter().sum::<i8>());
    both!([vec![], vec![16, 16], vec![15, 17]], |v: Vec<u8>| v.iter().product::<u8>());
}

#[test]
fn least_and_greatest() {
    both!(lists(), |v: Vec<i64>| v.iter().min().copied());
    both!(lists(), |v: Vec<i64>| v.iter().max().copied());
    both!(pairs(), |v: Vec<(String, i64)>| v.iter().min().cloned());
    both!(pairs(), |v: Vec<(String, i64)>| v.iter().max().cloned());
    agree(pairs(), |v| v.into_iter().min_by_key(|p| p.0.clone()), |v| v.into_iter().min_by_key(|p| first(p)));
    agree(pairs(), |v| v.into_iter().max_by_key(|p| p.0.clone()), |v| v.into_iter().max_by_key(|p| first(p)));
    agree(
        pairs(),
        |v| v.into_iter().min_by(|a, b| a.0.cmp(&b.0)),
        |v| v.into_iter().min_by(|a, b| first(a).cmp(first(b))),
    );
    agree(
        pairs(),
        |v| v.into_iter().max_by(|a, b| a.0.cmp(&b.0)),
        |v| v.into_iter().max_by(|a, b| first(a).cmp(first(b))),
    );
    agree(nested(), |v| v.into_iter().max_by_key(Vec::len), |v| v.into_iter().max_by_key(|l| l.len()));
    agree(optional(), |v| v.into_iter().flatten().max(), |v| v.into_iter().flatten().max());
    agree(optional(), |v| v.into_iter().max().flatten(), |v| v.into_iter().max().flatten());
}

#[test]
fn collecting() {
    agree(pairs(), |v| v.into_iter().collect::<BTreeMap<_, _>>(), |v| v.into_iter().collect::<BTreeMap<_, _>>());
    agree(
        pairs(),
        |v| v.into_iter().map(|p| p.0).collect::<String>(),
        |v| v.into_iter().map(|p| first(p)).collect::<String>(),
    );
    agree(optional(), |v| v.into_iter().collect::<Option<Vec<_>>>(), |v| v.into_iter().collect::<Option<Vec<_>>>());
    agree(
        lists(),
        |v| v.into_iter().map(|i| if i > 1 { Ok(i) } else { Err(i) }).collect::<Result<Vec<_>, _>>(),
        |v| {
            let result = |i: Expr<i64>| B.gt(i, lit(1)).then_some(i).ok_or(i);
            v.into_iter().map(result).collect::<Result<Vec<_>, _>>()
        },
    );
    agree(
        nested(),
        |v| v.into_iter().map(|l| if l.is_empty() { Err(0) } else { Ok(l) }).collect::<Result<Vec<_>, _>>(),
        |v| {
            let result = |l: Expr<Vec<i64>>| B.not(l.is_empty()).then_some(l).ok_or(lit(0));
            v.into_iter().map(result).collect::<Result<Vec<_>, _>>()
        },
    );
    agree(
        lists(),
        |v| v.into_iter().partition::<Vec<_>, _>(|i| *i > 1),
        |v| v.into_iter().partition::<Vec<_>>(|i| B.gt(i, lit(1))),
    );
    agree(pairs(), |v| v.into_iter().unzip::<_, _, Vec<_>, Vec<_>>(), |v| v.into_iter().unzip::<Vec<_>, Vec<_>>());
}

#[test]
fn ranges() {
    let ends = || vec![(0, 0), (0, 3), (2, 3), (3, 3), (4, 1), (-2, 2)];
    agree(ends(), |(a, b)| (a..b).collect::<Vec<i64>>(), |p| listed(B.range(first(p), second(p))));
    agree(ends(), |(a, b)| (a..=b).collect::<Vec<i64>>(), |p| listed(B.range_inclusive(first(p), second(p))));
    agree(
        ends(),
        |(a, b)| (a..b).map(|i| i * i).sum::<i64>(),
        |p| B.range(first(p), second(p)).map(|i| B.mul(i, i)).sum::<i64>(),
    );
    agree(ends(), |(a, b)| (a..b).rev().collect::<Vec<i64>>(), |p| listed(B.range(first(p), second(p)).rev()));
    agree(ends(), |(a, b)| (a..b).contains(&2), |p| B.range(first(p), second(p)).contains(lit(2)));
    agree(ends(), |(a, b): (i64, i64)| (a..b).is_empty(), |p| B.range(first(p), second(p)).is_empty());
    agree(
        lists(),
        |v| (0..v.len()).map(|i| v[i]).collect::<Vec<_>>(),
        |v| listed(B.range(B.lit(0), v.len()).map(|i| B.index(v, i))),
    );
    agree(lists(), |v| (0..v.len()).count(), |v| B.range(B.lit(0), v.len()).count());
}

#[test]
fn iterators_in_variables() {
    let listed = |v: Expr<Iter<i64>>| v.collect::<Vec<_>>();
    agree(
        lists(),
        |v| {
            let mut i = v.into_iter();
            (i.next(), i.collect::<Vec<_>>())
        },
        |v| changed(v.into_iter(), |i| i.next(), |a, b| B.tuple((a, listed(b)))),
    );
    agree(
        lists(),
        |v| {
            let mut i = v.into_iter();
            (i.nth(1), i.collect::<Vec<_>>())
        },
        |v| changed(v.into_iter(), |i| i.nth(B.lit(1)), |a, b| B.tuple((a, listed(b)))),
    );
    agree(
        lists(),
        |v| {
            let mut i = v.into_iter();
            (i.find(|i| *i == 1), i.collect::<Vec<_>>())
        },
        |v| changed(v.into_iter(), |i| i.find(|i| B.eq(i, lit(1))), |a, b| B.tuple((a, listed(b)))),
    );
    agree(
        lists(),
        |v| {
            let mut i = v.into_iter();
            (i.position(|i| i == 1), i.collect::<Vec<_>>())
        },
        |v| changed(v.into_iter(), |i| i.position(|i| B.eq(i, lit(1))), |a, b| B.tuple((a, listed(b)))),
    );
    agree(
        lists(),
        |v| {
            let mut i = v.into_iter();
            (i.any(|i| i == 1), i.collect::<Vec<_>>())
        },
        |v| changed(v.into_iter(), |i| i.any(|i| B.eq(i, lit(1))), |a, b| B.tuple((a, listed(b)))),
    );
    agree(
        lists(),
        |v| {
            let mut i = v.into_iter();
            (i.all(|i| i > 1), i.collect::<Vec<_>>())
        },
        |v| changed(v.into_iter(), |i| i.all(|i| B.gt(i, lit(1))), |a, b| B.tuple((a, listed(b)))),
    );
}
