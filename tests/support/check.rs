//! The two checks that every case passes.

use proptest::test_runner::Config;
use stepwright::asl::{StateMachine, validate};

use super::{Case, Ran, runs::runs};

/// How many inputs each workflow is run with, unless the environment says otherwise.
const INPUTS: u32 = 1000;

/// Runs the function and the machine with generated inputs and generated luck of their tasks.
pub(crate) fn agree(case: &Case) {
    let inputs = if std::env::var_os("PROPTEST_CASES").is_some() { Config::default().cases } else { INPUTS };
    runs(case, inputs, |run| {
        let (native, (local, _)) = (run.native(), run.local(None));
        if same(&native, &local) { Ok(()) } else { Err(format!("\n native {native:#?}\n local {local:#?}")) }
    });
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
