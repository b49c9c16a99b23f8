//! The two checks that every case passes.

use proptest::{
    strategy::Strategy,
    test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner},
};
use serde::Serialize;
use serde_json::{Value, to_value};
use stepwright::asl::{StateMachine, validate};
use tokio::runtime::{Builder, Runtime};

use super::{Case, Ran, Why, dice};

/// How many inputs each workflow is run with, unless the environment says otherwise.
const INPUTS: u32 = 1000;

/// Runs the function and the machine with generated inputs and generated luck of their tasks.
pub(crate) fn agree<I: Serialize>(case: &Case, inputs: impl Strategy<Value = I>) {
    let asked = Config::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { INPUTS };
    let config = Config { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(4), ..asked };
    let inputs = inputs.prop_map(|input| to_value(input).unwrap());
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let side_by_side = side_by_side(&(case.definition)().asl().to_value());
    let outcome = TestRunner::new(config).run(&(inputs, 0..u64::MAX), |(input, seed)| {
        let run = |run: fn(Value) -> _| ordered(run_with(&runtime, seed, run(input.clone())), side_by_side);
        let (native, local) = (run(case.native), run(case.local));
        if same(&native, &local) {
            Ok(())
        } else {
            Err(TestCaseError::fail(format!("\n native {native:#?}\n local {local:#?}")))
        }
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(reason, (input, seed))) => {
            panic!("{} differs for the input {input} (seed {seed}){reason}", case.name)
        }
        Err(TestError::Abort(reason)) => panic!("{}: {reason}", case.name),
    }
}

/// Compares the machine and the IR behind it with the snapshot, and judges the machine.
pub(crate) fn golden(module: &str, case: &Case) {
    let definition = (case.definition)();
    let findings = validate(definition.asl());
    assert!(findings.is_empty(), "{findings:#?}");
    assert_eq!(StateMachine::from_json(&definition.to_json()).as_ref(), Ok(definition.asl()));
    let text = format!("{}\n{}", definition.ir(), definition.to_json());
    let name = format!("{}.{}", module.split("::").nth(2).unwrap(), case.name);
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "../snapshots", omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

/// What panics in an expression is an error of its evaluation.
fn same(native: &Ran, local: &Ran) -> bool {
    let failed = |ran: &Ran, name: &str| ran.result.as_ref().is_err_and(|failed| failed.name == name);
    let panicked = failed(native, "Panic") && failed(local, "States.QueryEvaluationError");
    native == local || panicked && native.calls == local.calls
}

fn run_with(runtime: &Runtime, seed: u64, run: impl Future<Output = Ran>) -> Ran {
    dice::seed(seed);
    runtime.block_on(run)
}

/// What is done side by side has no order. When an error ends it, time decides how far the rest has come, and which error
/// is the first.
fn ordered(mut ran: Ran, side_by_side: bool) -> Ran {
    if side_by_side {
        ran.calls.sort();
    }
    if side_by_side && let Err(failed) = &mut ran.result {
        ran.calls.clear();
        failed.why = Why::Race;
    }
    ran
}

/// Whether a machine has a state that does things side by side.
fn side_by_side(machine: &Value) -> bool {
    match machine {
        Value::Object(object) => {
            object.get("Type").is_some_and(|kind| kind == "Map" || kind == "Parallel")
                || object.values().any(side_by_side)
        }
        Value::Array(items) => items.iter().any(side_by_side),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
