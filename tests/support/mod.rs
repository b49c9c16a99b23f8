//! What the cases are made of, and how they are checked.

mod bounds;
mod case;
mod check;
mod dice;
mod objects;

pub(crate) use bounds::within;
pub(crate) use case::{Case, Ran, Why, ran};
pub(crate) use check::{agree, golden};
pub(crate) use dice::{dice, few, words};
pub(crate) use objects::objects;

/// The cases of a file: `workflow => strategy of its inputs`, as JSON where they are more than one.
///
/// Makes two tests for each: that both ways to run it agree, and that its machine is the one in the snapshot.
macro_rules! cases {
    ($($workflow:ident => $inputs:expr),+ $(,)?) => {
        mod agree {
            use super::*;

            $(#[test]
            fn $workflow() {
                crate::support::agree(&case!($workflow), $inputs);
            })+
        }

        mod golden {
            $(#[test]
            fn $workflow() {
                crate::support::golden(module_path!(), &case!($workflow));
            })+
        }
    };
}

macro_rules! case {
    ($workflow:ident) => {
        crate::support::Case {
            name: stringify!($workflow),
            definition: super::$workflow::definition,
            native: |input| {
                Box::pin(async {
                    let run = super::$workflow::native().objects(crate::support::objects()).run_json(input).await;
                    crate::support::ran(run.result(), run.calls())
                })
            },
            local: |input| {
                Box::pin(async {
                    static COST: std::sync::LazyLock<stepwright::CostReport> =
                        std::sync::LazyLock::new(|| super::$workflow::definition().cost());
                    let run = super::$workflow::local().objects(crate::support::objects()).run_json(input).await;
                    crate::support::within(&COST, run.status(), run.history());
                    crate::support::ran(run.result(), run.calls())
                })
            },
        }
    };
}
