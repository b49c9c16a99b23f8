//! `Vec`, slices and arrays.

use super::*;

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

fn optional() -> Vec<Vec<Option<i64>>> {
    vec![vec![], vec![None], vec![Some(1)], vec![None, Some(2), None], vec![Some(0), Some(3)], vec![Some(1), Some(1)]]
}

fn with_numbers() -> Vec<(Vec<i64>, usize)> {
    lists().into_iter().flat_map(|list| (0..5).map(move |number| (list.clone(), number))).collect()
}

fn words() -> Vec<Vec<String>> {
    let lists: [&[&str]; 6] = [&[], &[""], &["a"], &["a", "b"], &["b", "", "a"], &["x,y", "z"]];
    lists.iter().map(|list| list.iter().map(|text| (*text).to_owned()).collect()).collect()
}

#[test]
fn lengths() {
    both!(lists(), |v: Vec<i64>| v.len());
    both!(lists(), |v: Vec<i64>| v.is_empty());
    both!(nested(), |v: Vec<Vec<i64>>| v.len());
    both!(optional(), |v: Vec<Option<i64>>| v.len());
}

#[test]
fn items() {
    both!(lists(), |v: Vec<i64>| v.first().copied());
    both!(lists(), |v: Vec<i64>| v.last().copied());
    both!(lists(), |v: Vec<i64>| v.get(lit(0)).cloned());
    both!(lists(), |v: Vec<i64>| v.get(lit(2)).cloned());
    both!(lists(), |v: Vec<i64>| v.get(v.len()).cloned());
    both!(nested(), |v: Vec<Vec<i64>>| v.first().cloned());
    both!(nested(), |v: Vec<Vec<i64>>| v.last().cloned());
    both!(nested(), |v: Vec<Vec<i64>>| v.get(lit(1)).cloned());
    both!(optional(), |v: Vec<Option<i64>>| v.first().copied().flatten());
    both!(optional(), |v: Vec<Option<i64>>| v.last().copied().flatten());
}

#[test]
fn items_beyond_the_end_panic() {
    agree(with_numbers(), |(v, i)| v[i], |p| B.index(first(p), second(p)));
    agree(nested(), |v| v[1].clone(), |v| B.index(v, B.lit(1)));
    agree(optional(), |v| v[0], |v| B.index(v, B.lit(0)));
}

#[test]
fn slices() {
    agree(with_numbers(), |(v, n)| v[1..n].to_vec(), |p| B.index(first(p), B.range(B.lit(1), second(p))));
    agree(with_numbers(), |(v, n)| v[0..n].to_vec(), |p| B.index(first(p), B.range(B.lit(0), second(p))));
    agree(with_numbers(), |(v, n)| v[n..].to_vec(), |p| B.index(first(p), B.range_from(second(p))));
    agree(with_numbers(), |(v, n)| v[..n].to_vec(), |p| B.index(first(p), B.range_to(second(p))));
    let inside = with_numbers().into_iter().filter(|(v, n)| *n < v.len());
    agree(inside, |(v, n)| v[..=n].to_vec(), |p| B.index(first(p), B.range_to_inclusive(second(p))));
    agree(lists(), |v| v[..].to_vec(), |v| B.index(v, B.range_full()));
    agree(with_numbers(), |(v, n)| v.get(1..n).map(<[i64]>::to_vec), |p| first(p).get(B.range(B.lit(1), second(p))));
    agree(with_numbers(), |(v, n)| v.get(n..).map(<[i64]>::to_vec), |p| first(p).get(B.range_from(second(p))));
    let inside = with_numbers().into_iter().filter(|(v, n)| *n > 0 && *n <= v.len());
    agree(
        inside,
        |(mut v, n)| (v.drain(1..n).collect::<Vec<_>>(), v),
        |p| changed(first(p), |v| v.drain(B.range(B.lit(1), second(p))).collect::<Vec<_>>(), |a, b| B.tuple((a, b))),
    );
    agree(
        lists(),
        |mut v| (v.drain(..).collect::<Vec<_>>(), v),
        |v| changed(v, |v| v.drain(B.range_full()).collect::<Vec<_>>(), |a, b| B.tuple((a, b))),
    );
    agree(nested(), |v| v[0..1].to_vec(), |v| B.index(v, B.range(B.lit(0), B.lit(1))));
}

#[test]
fn parts() {
    agree(lists(), |v| v.split_first().map(|(a, b)| (*a, b.to_vec())), |v| v.split_first());
    agree(lists(), |v| v.split_last().map(|(a, b)| (*a, b.to_vec())), |v| v.split_last());
    agree(nested(), |v| v.split_first().map(|(a, b)| (a.clone(), b.to_vec())), |v| v.split_first());
    agree(
        with_numbers(),
        |(v, n)| (v.split_at(n).0.to_vec(), v.split_at(n).1.to_vec()),
        |p| first(p).split_at(second(p)),
    );
    agree(
        with_numbers(),
        |(v, n)| v.chunks(n).map(<[i64]>::to_vec).collect::<Vec<_>>(),
        |p| first(p).chunks(second(p)).collect::<Vec<_>>(),
    );
    agree(
        with_numbers(),
        |(v, n)| v.windows(n).map(<[i64]>::to_vec).collect::<Vec<_>>(),
        |p| first(p).windows(second(p)).collect::<Vec<_>>(),
    );
    agree(
        nested(),
        |v| v.chunks(2).map(<[Vec<i64>]>::to_vec).collect::<Vec<_>>(),
        |v| v.chunks(B.lit(2)).collect::<Vec<_>>(),
    );
    agree(with_numbers(), |(v, n)| v.repeat(n), |p| first(p).repeat(second(p)));
}

#[test]
fn searching() {
    both!(lists(), |v: Vec<i64>| v.contains(by_ref(&lit(2))));
    agree(optional(), |v| v.contains(&None), |v| v.contains(B.k(&None::<i64>).stage()));
    agree(optional(), |v| v.contains(&Some(1)), |v| v.contains(B.lit(1_i64).into()));
    agree(nested(), |v| v.contains(&vec![1, 2]), |v| v.contains(B.list([B.lit(1), B.lit(2)])));
    agree(nested(), |v| v.contains(&vec![]), |v| v.contains(B.list([])));
    agree(lists(), |v| v.starts_with(&[3, 1]), |v| v.starts_with(B.list([B.lit(3), B.lit(1)])));
    agree(lists(), |v| v.starts_with(&[]), |v| v.starts_with(B.list([])));
    agree(lists(), |v| v.ends_with(&[1, 2]), |v| v.ends_with(B.list([B.lit(1), B.lit(2)])));
    agree(nested(), |v| v.starts_with(&[vec![1]]), |v| v.starts_with(B.list([B.list([B.lit(1)])])));
}

#[test]
fn texts_and_lists_in_one() {
    both!(words(), |v: Vec<String>| v.join(text(", ")));
    both!(words(), |v: Vec<String>| v.concat());
    both!(nested(), |v: Vec<Vec<i64>>| v.concat());
}

#[test]
fn adding() {
    let native = |change: fn(&mut Vec<i64>)| {
        move |mut v: Vec<i64>| {
            change(&mut v);
            v
        }
    };
    agree(lists(), native(|v| v.push(9)), |v| after(v, |v| v.push(B.lit(9))));
    agree(lists(), native(|v| v.insert(1, 9)), |v| after(v, |v| v.insert(B.lit(1), B.lit(9))));
    agree(lists(), native(|v| v.insert(0, 9)), |v| after(v, |v| v.insert(B.lit(0), B.lit(9))));
    agree(lists(), native(|v| v.extend(vec![8, 9])), |v| after(v, |v| v.extend(B.list([B.lit(8), B.lit(9)]))));
    agree(lists(), native(|v| v.extend(None::<i64>)), |v| after(v, |v| v.extend(B.k(&None::<i64>).stage())));
    agree(
        nested(),
        |mut v| {
            v.push(vec![7]);
            v
        },
        |v| after(v, |v| v.push(B.list([B.lit(7)]))),
    );
    agree(
        nested(),
        |mut v| {
            v.push(vec![]);
            v
        },
        |v| after(v, |v| v.push(B.list([]))),
    );
    agree(
        optional(),
        |mut v| {
            v.push(None);
            v
        },
        |v| after(v, |v| v.push(B.k(&None::<i64>).stage())),
    );
}

#[test]
fn taking() {
    let native = |change: fn(&mut Vec<i64>)| {
        move |mut v: Vec<i64>| {
            change(&mut v);
            v
        }
    };
    agree(lists(), |mut v| (v.pop(), v), |v| changed(v, |v| v.pop(), |a, b| B.tuple((a, b))));
    agree(nested(), |mut v| (v.pop(), v), |v| changed(v, |v| v.pop(), |a, b| B.tuple((a, b))));
    agree(lists(), |mut v| (v.remove(1), v), |v| changed(v, |v| v.remove(B.lit(1)), |a, b| B.tuple((a, b))));
    agree(lists(), |mut v| (v.split_off(1), v), |v| changed(v, |v| v.split_off(B.lit(1)), |a, b| B.tuple((a, b))));
    agree(lists(), native(|v| v.truncate(2)), |v| after(v, |v| v.truncate(B.lit(2))));
    agree(lists(), native(Vec::clear), |v| after(v, |v| v.clear()));
    agree(lists(), native(|v| v.retain(|i| *i > 1)), |v| after(v, |v| v.retain(|i| B.gt(i, B.lit(1)))));
    agree(lists(), native(|v| v.dedup()), |v| after(v, |v| v.dedup()));
    agree(lists(), native(|v| v.dedup_by_key(|i| *i / 2)), |v| after(v, |v| v.dedup_by_key(|i| B.div(i, B.lit(2)))));
    agree(
        optional(),
        |mut v| {
            v.dedup();
            v
        },
        |v| after(v, |v| v.dedup()),
    );
}

#[test]
fn moving() {
    let native = |change: fn(&mut Vec<i64>)| {
        move |mut v: Vec<i64>| {
            change(&mut v);
            v
        }
    };
    agree(lists(), native(|v| v.reverse()), |v| after(v, |v| v.reverse()));
    agree(
        nested(),
        |mut v| {
            v.reverse();
            v
        },
        |v| after(v, |v| v.reverse()),
    );
    agree(lists(), native(|v| v.swap(0, 2)), |v| after(v, |v| v.swap(B.lit(0), B.lit(2))));
    agree(lists(), native(|v| v[1] = 7), |v| {
        let list = B.var("list", v);
        B.assign(B.lit(7), B.index(list.get(), B.lit(1)));
        list.get()
    });
}

#[test]
fn sorting() {
    let native = |change: fn(&mut Vec<i64>)| {
        move |mut v: Vec<i64>| {
            change(&mut v);
            v
        }
    };
    agree(lists(), native(|v| v.sort()), |v| after(v, |v| v.sort()));
    agree(lists(), native(|v| v.sort_unstable()), |v| after(v, |v| v.sort_unstable()));
    agree(lists(), native(|v| v.sort_by(|a, b| b.cmp(a))), |v| after(v, |v| v.sort_by(|a, b| b.cmp(a))));
    agree(lists(), native(|v| v.sort_by_key(|i| *i % 3)), |v| after(v, |v| v.sort_by_key(|i| B.rem(i, B.lit(3)))));
    agree(lists(), native(|v| v.sort_by_cached_key(|i| -*i)), |v| after(v, |v| v.sort_by_cached_key(|i| B.neg(i))));
    agree(
        words(),
        |mut v| {
            v.sort();
            v
        },
        |v| after(v, |v| v.sort()),
    );
    agree(
        optional(),
        |mut v| {
            v.sort();
            v
        },
        |v| after(v, |v| v.sort()),
    );
    let pairs = vec![vec![], vec![(1, true)], vec![(2, true), (1, true), (2, false), (1, false), (2, true)]];
    agree(
        pairs.clone(),
        |mut v| {
            v.sort();
            v
        },
        |v: Expr<Vec<(i32, bool)>>| after(v, |v| v.sort()),
    );
    agree(
        pairs.clone(),
        |mut v| {
            v.sort_by_key(|p| p.0);
            v
        },
        |v: Expr<Vec<(i32, bool)>>| after(v, |v| v.sort_by_key(|p| first(p))),
    );
    agree(
        pairs,
        |mut v| {
            v.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
            v
        },
        |v: Expr<Vec<(i32, bool)>>| {
            after(v, |v| v.sort_by(|a, b| first(b).cmp(first(a)).then(second(a).cmp(second(b)))))
        },
    );
}
