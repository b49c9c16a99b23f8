//! What the cases are made of, and how they are checked.

mod bounds;
mod case;
mod check;
mod compare;
mod dice;
mod objects;
mod runs;

pub(crate) use bounds::within;
pub(crate) use case::{Case, Ran, Why, as_json, ran};
pub(crate) use check::{agree, golden};
pub(crate) use compare::{Comparison, Figures, compare};
pub(crate) use dice::{dice, few, words};
pub(crate) use objects::objects;

/// The cases of a file: `workflow => strategy of its inputs`, as JSON where they are more than one.
///
/// Makes two tests for each: that both ways to run it agree, and that its machine is the one in the snapshot.
macro_rules! cases {
    ($($workflow:ident => $inputs:expr),+ $(,)?) => {
        pub(crate) mod case {
            use super::*;

            $(pub(crate) fn $workflow() -> crate::support::Case {
                crate::support::Case {
                    name: stringify!($workflow),
                    definition: super::$workflow::definition,
                    inputs: || crate::support::as_json($inputs),
                    native: |input| {
                        Box::pin(async {
                            let run = super::$workflow::native().objects(crate::support::objects()).run_json(input).await;
                            crate::support::ran(run.result(), run.calls())
                        })
                    },
                    local: |input, machine| {
                        Box::pin(async {
                            static COST: std::sync::LazyLock<stepwright::CostReport> =
                                std::sync::LazyLock::new(|| super::$workflow::definition().cost());
                            let is_own = machine.is_none();
                            let mut local = super::$workflow::local().objects(crate::support::objects());
                            if let Some(machine) = machine {
                                local = local.machine(machine);
                            }
                            let run = local.run_json(input).await;
                            if is_own {
                                crate::support::within(&COST, run.status(), run.history());
                            }
                            (crate::support::ran(run.result(), run.calls()), run.transitions())
                        })
                    },
                }
            })+
        }

        mod agree {
            $(#[test]
            fn $workflow() {
                crate::support::agree(&super::case::$workflow());
            })+
        }

        mod golden {
            $(#[test]
            fn $workflow() {
                crate::support::golden(module_path!(), &super::case::$workflow());
            })+
        }
    };
}
