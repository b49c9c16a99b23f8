//! The library means what Rust means: each method is run natively, and as the state machine that its twin is compiled to,
//! over the same inputs.
#![expect(
    clippy::style,
    clippy::complexity,
    clippy::perf,
    reason = "methods are called as users might, not as is best"
)]

mod machine;

mod iter;
mod map;
mod number;
mod option;
mod order;
mod parse;
mod result;
mod string;
mod time;
mod value;
mod vec;

use std::{
    fmt::Debug,
    panic::{AssertUnwindSafe, catch_unwind},
};

use serde::Serialize;

use self::machine::{Machine, normal};
use crate::{
    data::{Data, Shaped},
    stage::{Builder, Expr, Iter, Place, StageConst},
};

/// The builder of the twins.
const B: Builder = Builder;

/// Runs both over all inputs; what panics has to fail with the same message. The twin is compiled once for any input, and
/// again with some of the inputs as constants.
#[track_caller]
fn agree<A, R, S>(inputs: impl IntoIterator<Item = A>, native: impl Fn(A) -> R, staged: impl Fn(Expr<A>) -> Expr<S>)
where
    A: Data + Clone + Debug,
    R: Serialize,
{
    const CONSTANTS: usize = 20;
    let machine = Machine::of(&staged);
    let inputs: Vec<A> = inputs.into_iter().collect();
    let stride = inputs.len().div_ceil(CONSTANTS).max(1);
    for (number, input) in inputs.iter().enumerate() {
        let expected = caught(|| native(input.clone()));
        let json = serde_json::to_value(input).unwrap();
        compare(input, &expected, machine.run(&json), &machine);
        if number % stride == 0 {
            let constant = Machine::of_constant(input, &staged);
            compare(input, &expected, constant.run(&serde_json::Value::Null), &constant);
        }
    }
}

#[track_caller]
fn compare(
    input: &dyn Debug,
    expected: &Result<serde_json::Value, String>,
    actual: Result<serde_json::Value, String>,
    machine: &Machine,
) {
    let same = match (expected, &actual) {
        (Ok(expected), Ok(actual)) => expected == actual,
        (Err(expected), Err(actual)) => actual.contains(expected),
        (Ok(_), Err(_)) | (Err(_), Ok(_)) => false,
    };
    assert!(same, "\ninput: {input:?}\nRust: {expected:?}\ntwin: {actual:?}\n{}", machine.text());
}

fn caught<R: Serialize>(native: impl FnOnce() -> R) -> Result<serde_json::Value, String> {
    let value = catch_unwind(AssertUnwindSafe(native)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
    })?;
    Ok(normal(serde_json::to_value(value).unwrap()))
}

/// The same words for a native value and its twin.
macro_rules! both {
    ($inputs:expr, |$x:ident: $type:ty| $body:expr) => {
        $crate::stage::tests::agree(
            $inputs,
            |$x: $type| {
                use $crate::stage::tests::native::*;
                words();
                $body
            },
            |$x: $crate::stage::Expr<$type>| {
                use $crate::stage::tests::staged::*;
                words();
                $body
            },
        )
    };
}

use both;

mod native {
    /// Makes use of the words of this module, where a test needs none of them.
    pub(super) fn words() {}

    pub(super) fn lit<T>(value: T) -> T {
        value
    }

    pub(super) fn text(text: &str) -> &str {
        text
    }

    pub(super) fn string(text: &str) -> String {
        text.to_owned()
    }

    pub(super) fn by_ref<T: ?Sized>(value: &T) -> &T {
        value
    }
}

mod staged {
    use crate::stage::{Builder, Expr, Literal};

    /// Makes use of the words of this module, where a test needs none of them.
    pub(super) fn words() {}

    pub(super) fn lit<T: Literal>(value: T) -> Expr<T> {
        Builder.lit(value)
    }

    pub(super) fn text(text: &str) -> Expr<String> {
        Builder.text(text)
    }

    pub(super) fn string(text: &str) -> Expr<String> {
        Builder.text(text)
    }

    pub(super) fn by_ref<T: Copy>(value: &T) -> T {
        *value
    }
}

/// `pair.0`
fn first<A: Shaped, B: Shaped>(pair: Expr<(A, B)>) -> Expr<A> {
    Builder.field(pair, |pair| &pair.0, "0")
}

/// `pair.1`
fn second<A: Shaped, B: Shaped>(pair: Expr<(A, B)>) -> Expr<B> {
    Builder.field(pair, |pair| &pair.1, "1")
}

/// A variable that a method changes: what the method gives, and what the variable holds then.
fn changed<T: 'static, U: 'static, R: 'static>(
    start: Expr<T>,
    change: impl FnOnce(Place<T>) -> Expr<U>,
    keep: impl FnOnce(Expr<U>, Expr<T>) -> Expr<R>,
) -> Expr<R> {
    let variable = B.var("variable", start);
    let given = change(B.place(variable.get()));
    keep(given, variable.get())
}

/// The variable alone.
fn after<T: 'static>(start: Expr<T>, change: impl FnOnce(Place<T>) -> Expr<()>) -> Expr<T> {
    changed(start, change, |_, variable| variable)
}

/// Lists whose JSON is treacherous: none, one, lists in lists, nothing in lists.
fn lists() -> Vec<Vec<i64>> {
    vec![vec![], vec![0], vec![5], vec![3, 1, 2], vec![2, 2, 1, 1, 2], vec![-4, 7, 0, -4, 9, 1]]
}

fn texts() -> Vec<String> {
    let texts = [
        "",
        " ",
        "a",
        "abc",
        " a  b ",
        "\u{a0}x\u{feff}\u{85}",
        "a,b,,c,",
        "héllo😀",
        "ß\u{130}Σας",
        "a\nb\r\nc\r",
        "-5",
        "0",
        "$1.b",
        "ab$$ab",
        "AbC",
        "\"q'\\",
        "\u{2003}wide\u{3000}",
        "line\n",
        "\r\n",
        "😀ｆ",
    ];
    texts.map(str::to_owned).to_vec()
}
