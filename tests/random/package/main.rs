//! Runs the programs beside it, natively and as machines.
#![allow(warnings, arithmetic_overflow, unconditional_panic)]

#[path = "ROOT/tests/support/mod.rs"]
mod support;

#[path = "ROOT/tests/random/package/world.rs"]
mod world;

/// A program, and both ways to run it.
macro_rules! program {
    ($workflow:ident) => {
        crate::support::Case {
            name: stringify!($workflow),
            definition: $workflow::definition,
            inputs: || crate::support::as_json(crate::world::inputs()),
            native: |input| {
                Box::pin(async {
                    let run = $workflow::native().run_json(input).await;
                    crate::ran(run.result(), run.calls())
                })
            },
            local: |input, _| {
                Box::pin(async {
                    let run = $workflow::local().run_json(input).await;
                    (crate::ran(run.result(), run.calls()), run.transitions())
                })
            },
        }
    };
}

mod programs;

use std::{
    panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook},
    process::ExitCode,
};

use serde::Serialize;
use stepwright::{Call, RunFailure};
use support::{Case, Ran};

type Program = (&'static str, fn() -> Case);

/// Prints a line for each difference; an argument names the only program to run.
fn main() -> ExitCode {
    let only = std::env::args().nth(1);
    let programs = programs::ALL.iter().filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name));
    set_hook(Box::new(|_| {}));
    let failed = programs.filter(|program| !agrees(program)).count();
    let _ = take_hook();
    println!("{failed} of {} programs differ", programs::ALL.len());
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn agrees((name, case): &Program) -> bool {
    let run = AssertUnwindSafe(|| support::agree(&case()));
    let Err(panic) = catch_unwind(run) else { return true };
    let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    println!("{name}: {}\n", text.unwrap_or("panicked"));
    false
}

/// What came of a run. Calls are compared by what their arguments mean: JSON from outside is passed on as it came.
fn ran<T: Serialize, E: Serialize>(result: Result<T, RunFailure<E>>, calls: &[Call]) -> Ran {
    let meant = |call: &Call| Call { task: call.task.clone(), arguments: world::meant(&call.task, &call.arguments) };
    support::ran(result, &calls.iter().map(meant).collect::<Vec<_>>())
}
