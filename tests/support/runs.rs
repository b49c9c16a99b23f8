//! Runs of a case with generated inputs and generated luck of its tasks.

use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};
use serde_json::Value;
use stepwright::asl::StateMachine;
use tokio::runtime::{Builder, Runtime};

use super::{Case, Ran, Why, dice};

/// An input and the luck of the tasks, to be run in one way or another.
pub(super) struct Run<'a> {
    case: &'a Case,
    runtime: &'a Runtime,
    side_by_side: bool,
    input: Value,
    seed: u64,
}

/// Tests so many generated runs, until one shows something wrong; they are the same each time.
pub(super) fn runs(case: &Case, cases: u32, test: impl Fn(&Run<'_>) -> Result<(), String>) {
    let config = Config { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(4), ..Config::default() };
    let runtime = &Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let side_by_side = is_side_by_side(&(case.definition)().asl().to_value());
    let outcome = TestRunner::new(config).run(&((case.inputs)(), 0..u64::MAX), |(input, seed)| {
        test(&Run { case, runtime, side_by_side, input, seed }).map_err(TestCaseError::fail)
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(reason, (input, seed))) => {
            panic!("{} differs for the input {input} (seed {seed}){reason}", case.name)
        }
        Err(TestError::Abort(reason)) => panic!("{}: {reason}", case.name),
    }
}

impl Run<'_> {
    /// Of the function.
    pub(super) fn native(&self) -> Ran {
        dice::seed(self.seed);
        self.ordered(self.runtime.block_on((self.case.native)(self.input.clone())))
    }

    /// Of the machine, or another in its place; with the transitions.
    pub(super) fn local(&self, machine: Option<StateMachine>) -> (Ran, usize) {
        dice::seed(self.seed);
        let (ran, transitions) = self.runtime.block_on((self.case.local)(self.input.clone(), machine));
        (self.ordered(ran), transitions)
    }

    /// What is done side by side has no order. When an error ends it, time decides how far the rest has come, and which error
    /// is the first.
    fn ordered(&self, mut ran: Ran) -> Ran {
        if self.side_by_side {
            ran.calls.sort();
        }
        if self.side_by_side
            && let Err(failed) = &mut ran.result
        {
            ran.calls.clear();
            failed.why = Why::Race;
        }
        ran
    }
}

/// Whether a machine has a state that does things side by side.
fn is_side_by_side(machine: &Value) -> bool {
    match machine {
        Value::Object(object) => {
            object.get("Type").is_some_and(|kind| kind == "Map" || kind == "Parallel")
                || object.values().any(is_side_by_side)
        }
        Value::Array(items) => items.iter().any(is_side_by_side),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
