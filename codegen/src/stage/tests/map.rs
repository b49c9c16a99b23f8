//! Maps with text keys.

use std::collections::{BTreeMap, HashMap};

use super::*;

type Map = BTreeMap<String, i64>;

fn maps() -> Vec<Map> {
    let maps: [&[(&str, i64)]; 5] =
        [&[], &[("a", 1)], &[("b", 2), ("a", 1)], &[("a", 0), ("", 5), ("c d", 3)], &[("2", 2), ("10", 10), ("a", -1)]];
    maps.iter().map(|map| map.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect()).collect()
}

fn lists() -> Vec<BTreeMap<String, Vec<i64>>> {
    maps().into_iter().map(|map| map.into_iter().map(|(key, value)| (key, vec![value])).collect()).collect()
}

fn lit(value: i64) -> Expr<i64> {
    B.lit(value)
}

#[test]
fn reading() {
    both!(maps(), |m: Map| m.len());
    both!(maps(), |m: Map| m.is_empty());
    both!(maps(), |m: Map| m.get(text("a")).copied());
    both!(maps(), |m: Map| m.get(text("x")).copied());
    both!(lists(), |m: BTreeMap<String, Vec<i64>>| m.get(text("a")).cloned());
    both!(maps(), |m: Map| m.contains_key(text("a")));
    both!(maps(), |m: Map| m.contains_key(text("")));
    both!(maps(), |m: Map| m.keys().cloned().collect::<Vec<_>>());
    both!(maps(), |m: Map| m.values().copied().collect::<Vec<_>>());
    both!(lists(), |m: BTreeMap<String, Vec<i64>>| m.values().cloned().collect::<Vec<_>>());
    both!(maps(), |m: Map| m.into_keys().collect::<Vec<_>>());
    both!(maps(), |m: Map| m.into_values().collect::<Vec<_>>());
    both!(maps(), |m: Map| m.into_iter().collect::<Vec<_>>());
    agree(maps(), |m| m.first_key_value().map(|(k, v)| (k.clone(), *v)), |m| m.first_key_value());
    agree(maps(), |m| m.last_key_value().map(|(k, v)| (k.clone(), *v)), |m| m.last_key_value());
    agree(maps(), |m| m["a"], |m| B.index(m, B.text("a")));
    agree(maps(), |m| m.values().sum::<i64>(), |m| m.values().sum::<i64>());
}

#[test]
fn changing() {
    for key in ["a", "x", ""] {
        agree(
            maps(),
            |mut m| (m.insert(key.to_owned(), 9), m),
            |m| changed(m, |m| m.insert(B.text(key), lit(9)), |a, b| B.tuple((a, b))),
        );
        agree(maps(), |mut m| (m.remove(key), m), |m| changed(m, |m| m.remove(B.text(key)), |a, b| B.tuple((a, b))));
        agree(
            lists(),
            |mut m| (m.insert(key.to_owned(), vec![9]), m),
            |m| changed(m, |m| m.insert(B.text(key), B.list([lit(9)])), |a, b| B.tuple((a, b))),
        );
    }
    agree(
        maps(),
        |mut m| {
            m.clear();
            m
        },
        |m| after(m, |m| m.clear()),
    );
    agree(
        maps(),
        |mut m| {
            m.retain(|k, v| k == "a" || *v > 2);
            m
        },
        |m| after(m, |m| m.retain(|k, v| B.or(B.eq(k, B.text("a")), || B.gt(v, lit(2))))),
    );
    agree(
        maps(),
        |mut m| {
            m.extend([("a".to_owned(), 7), ("n".to_owned(), 8)]);
            m
        },
        |m| {
            let more = B.list([B.tuple((B.text("a"), lit(7))), B.tuple((B.text("n"), lit(8)))]);
            after(m, |m| m.extend(more))
        },
    );
}

#[test]
fn making() {
    use crate::stage::assoc::*;
    let words = || vec![vec![], vec!["a".to_owned()], vec!["b".to_owned(), "a".to_owned(), "b".to_owned()]];
    agree(
        words(),
        |v| v.into_iter().map(|k| (k.clone(), k.chars().count())).collect::<BTreeMap<_, _>>(),
        |v| v.into_iter().map(|k| B.tuple((k, k.chars().count()))).collect::<BTreeMap<_, _>>(),
    );
    agree(
        words(),
        |v| v.into_iter().map(|k| (k, vec![1])).collect::<HashMap<_, _>>().len(),
        |v| v.into_iter().map(|k| B.tuple((k, B.list([lit(1)])))).collect::<HashMap<_, _>>().len(),
    );
    agree(
        [1],
        |i| BTreeMap::from([("k".to_owned(), i)]),
        |i| BTreeMap::stage_from(B.list([B.tuple((B.text("k"), i))])),
    );
    agree(["k".to_owned()], |k| BTreeMap::from([(k, 1)]), |k| BTreeMap::stage_from(B.list([B.tuple((k, lit(1)))])));
    agree(
        [1],
        |i| {
            let mut m = BTreeMap::new();
            m.insert("k".to_owned(), i);
            m
        },
        |i| {
            after(BTreeMap::stage_new(), |m| {
                m.insert(B.text("k"), i);
                B.unit()
            })
        },
    );
}

#[test]
fn hash_maps() {
    let maps = || maps().into_iter().map(|map| map.into_iter().collect::<HashMap<_, _>>());
    let sorted = |mut list: Vec<String>| {
        list.sort();
        list
    };
    both!(maps(), |m: HashMap<String, i64>| m.len());
    both!(maps(), |m: HashMap<String, i64>| m.get(text("a")).copied());
    agree(maps(), |m| sorted(m.into_keys().collect()), |m| after(m.into_keys().collect::<Vec<_>>(), |v| v.sort()));
    agree(maps(), |mut m| (m.remove("a"), m), |m| changed(m, |m| m.remove(B.text("a")), |a, b| B.tuple((a, b))));
    agree(maps(), |m| m["a"], |m| B.index(m, B.text("a")));
}
