use super::*;

fn nested() -> Vec<Vec<Vec<i64>>> {
    vec![vec![], vec![vec![]], vec![vec![1]], vec![vec![1, 2]], vec![vec![], vec![3]], vec![vec![1], vec![2, 3], vec![]]]
}

fn optional() -> Vec<Vec<Option<i64>>> {
    vec![vec![], vec![None], vec![Some(1)], vec![None, Some(2), None], vec![Some(0), Some(3)]]
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
