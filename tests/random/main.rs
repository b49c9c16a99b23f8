//! Well-typed random programs: each does the same as a function and as a machine, whatever its tasks answer.
//!
//! The programs are written into one package, which is built once and runs them all. `STEPWRIGHT_RANDOM_SEED`,
//! `STEPWRIGHT_RANDOM_PROGRAMS` and `STEPWRIGHT_RANDOM_INPUTS` ask for others than CI's, and for more of them. What differs
//! is printed with its input; its source is left in the package.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests may panic")]

mod expression;
mod generator;
mod kind;
mod package;
mod statement;

use std::{env, str::FromStr};

use generator::Generator;

#[test]
fn random_programs_agree() {
    let (seed, count, inputs) = (asked("SEED", 7), asked("PROGRAMS", 300), asked("INPUTS", 20));
    let programs: Vec<String> =
        (0..count).map(|index| Generator::new(seed * 1_000_000 + index).program(index)).collect();
    package::run(&programs, inputs);
}

fn asked(what: &str, otherwise: u64) -> u64 {
    env::var(format!("STEPWRIGHT_RANDOM_{what}")).map_or(otherwise, |text| u64::from_str(&text).unwrap())
}
