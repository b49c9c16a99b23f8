//! From a workflow to its state machine.

use stepwright_asl::StateMachine;

use crate::{
    cost,
    diagnostic::Diagnostics,
    express,
    info::WorkflowInfo,
    inputs::Inputs,
    ir::{self, Callee, Effect, StmtKind, visit},
    lower::{self, Lowered},
    outcome::Outcome,
    pass,
    source_map::SourceMap,
    stage::{self, Parameters as _},
    task::{TaskEntry, Workflow},
    token,
};

/// What a workflow is compiled to.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The state machine.
    pub machine: StateMachine,
    /// Where its states come from.
    pub source_map: SourceMap,
    /// The tasks that it calls, in the order of their first calls.
    pub tasks: Vec<TaskEntry>,
    /// The task that each Task state calls, by the name of the state.
    pub calls: Vec<(String, TaskEntry)>,
    /// The IR after its passes, as text.
    pub ir: String,
}

/// Compiles a workflow.
///
/// # Errors
///
/// The mistakes that only show when the workflow is staged, with their places.
pub fn compile<W: Workflow>() -> Result<Compiled, Diagnostics> {
    let info = W::info();
    let mut workflow = record::<W>(info)?;
    pass::run(&mut workflow);
    lower::report(ir::verify(&workflow), workflow.at)?;
    express::check(&workflow, info)?;
    token::check(&workflow)?;
    let text = workflow.to_string();
    let tasks = tasks(&workflow);
    let Lowered { machine, source_map, calls } = lower::lower(&mut workflow, info)?;
    cost::check(info, &machine, &source_map)?;
    Ok(Compiled { machine, source_map, tasks, calls, ir: text })
}

/// Runs the twin with the parameters read from the execution's input.
fn record<W: Workflow>(info: &'static WorkflowInfo) -> Result<ir::Workflow, Diagnostics> {
    let recorded = stage::record(info.position(), || {
        let params = stage::node::parameters(info.params, &<W::Input as Inputs>::shapes());
        W::record(W::Parameters::from_ids(&mut params.into_iter()))
    });
    let workflow = ir::Workflow {
        name: info.name.to_owned(),
        body: recorded.block,
        result: recorded.value,
        returns: <W::Output as Outcome>::returns(),
        arena: recorded.arena,
        at: info.position(),
    };
    recorded.diagnostics.into_result(workflow)
}

fn tasks(workflow: &ir::Workflow) -> Vec<TaskEntry> {
    let mut tasks: Vec<TaskEntry> = Vec::new();
    visit::stmts(&workflow.body, &mut |stmt| {
        if let StmtKind::Effect { effect, .. } = &stmt.kind
            && let Effect::Call(call) = &**effect
            && let Callee::Task(task) = call.callee
            && !tasks.contains(&task)
        {
            tasks.push(task);
        }
    });
    tasks
}
