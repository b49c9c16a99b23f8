//! `Result`.

use super::*;

fn numbers() -> Vec<i64> {
    vec![-2, 0, 1, 7]
}

/// `Ok` of what is greater than 0.
fn native(i: i64) -> Result<i64, String> {
    if i > 0 { Ok(i) } else { Err(format!("no {i}")) }
}

fn staged(i: Expr<i64>) -> Expr<Result<i64, String>> {
    B.gt(i, lit(0)).then_some(i).ok_or(B.add(B.text("no "), i.to_string()))
}

fn lit(value: i64) -> Expr<i64> {
    B.lit(value)
}

#[test]
fn questions() {
    agree(numbers(), |i| native(i).is_ok(), |i| staged(i).is_ok());
    agree(numbers(), |i| native(i).is_err(), |i| staged(i).is_err());
    agree(numbers(), |i| native(i).is_ok_and(|i| i > 1), |i| staged(i).is_ok_and(|i| B.gt(i, lit(1))));
    agree(numbers(), |i| native(i).is_err_and(|e| e.is_empty()), |i| staged(i).is_err_and(|e| e.is_empty()));
    agree(numbers(), |i| native(i).ok(), |i| staged(i).ok());
    agree(numbers(), |i| native(i).err(), |i| staged(i).err());
}

#[test]
fn values() {
    agree(numbers(), |i| native(i).map_err(|_| i).unwrap(), |i| staged(i).map_err(|_| i).unwrap());
    agree(
        numbers(),
        |i| native(i).map_err(|_| i).expect("a number"),
        |i| staged(i).map_err(|_| i).expect(B.text("a number")),
    );
    agree(numbers(), |i| native(i).unwrap_or(9), |i| staged(i).unwrap_or(lit(9)));
    agree(
        numbers(),
        |i| native(i).unwrap_or_else(|e| e.chars().count() as i64),
        |i| staged(i).unwrap_or_else(|e| B.cast(e.chars().count())),
    );
    agree(numbers(), |i| native(i).unwrap_or_default(), |i| staged(i).unwrap_or_default());
    agree(numbers(), |i| native(i).map_or(9, |i| i + 1), |i| staged(i).map_or(lit(9), |i| B.add(i, lit(1))));
    agree(
        numbers(),
        |i| native(i).map_or_else(|e| e, |i| i.to_string()),
        |i| staged(i).map_or_else(|e| e, |i| i.to_string()),
    );
}

#[test]
fn errors() {
    agree([-1], |i| native(i).unwrap_err(), |i| staged(i).unwrap_err());
    agree([-1], |i| native(i).expect_err("an error"), |i| staged(i).expect_err(B.text("an error")));
    agree([5], |i| native(i).unwrap_err(), |i| staged(i).unwrap_err());
}

#[test]
fn other_results() {
    agree(numbers(), |i| native(i).map(|i| i + 1), |i| staged(i).map(|i| B.add(i, lit(1))));
    agree(numbers(), |i| native(i).map_err(|e| e + "!"), |i| staged(i).map_err(|e| B.add(e, B.text("!"))));
    agree(numbers(), |i| native(i).and_then(|i| native(i - 3)), |i| staged(i).and_then(|i| staged(B.sub(i, lit(3)))));
    agree(numbers(), |i| native(i).or_else(|_| native(i + 3)), |i| staged(i).or_else(|_| staged(B.add(i, lit(3)))));
    agree(numbers(), |i| native(i).and(native(3 - i)), |i| staged(i).and(staged(B.sub(lit(3), i))));
    agree(numbers(), |i| native(i).or(native(3 - i)), |i| staged(i).or(staged(B.sub(lit(3), i))));
    agree(
        numbers(),
        |i| native(i).map(|i| (i > 1).then_some(i)).transpose(),
        |i| staged(i).map(|i| B.gt(i, lit(1)).then_some(i)).transpose(),
    );
    agree(numbers(), |i| native(i).map(|i| vec![i]), |i| staged(i).map(|i| B.list([i])));
}
