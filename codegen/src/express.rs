//! What express executions cannot do: they last five minutes at most, and wait for nobody else.
//!
//! Source: Step Functions Developer Guide, "Choosing workflow type" and "Integrating services".

use stepwright_asl::{Pattern, Resource};

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    info::{TaskKind, WorkflowInfo},
    ir::{Arena, Block, Call, Callee, Effect, StmtKind, Workflow},
};

/// The longest execution, in seconds.
const LONGEST: u64 = 300;

/// Reports what an express workflow, or the express executions of a distributed map, cannot do.
pub(crate) fn check(workflow: &Workflow, info: &WorkflowInfo) -> Result<(), Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    let mut report = |diagnostic| diagnostics.push(diagnostic);
    if info.express && info.timeout.is_some_and(|timeout| timeout > LONGEST) {
        report(Diagnostic::new(Code::Express, workflow.at, "an express workflow lasts five minutes at most"));
    }
    block(&workflow.arena, &workflow.body, info.express, &mut report);
    diagnostics.into_result(())
}

fn block(arena: &Arena, stmts: &Block, express: bool, report: &mut dyn FnMut(Diagnostic)) {
    for stmt in &stmts.stmts {
        match &stmt.kind {
            StmtKind::If { then, otherwise, .. } => {
                block(arena, then, express, report);
                block(arena, otherwise, express, report);
            }
            StmtKind::Scope { body, .. } | StmtKind::Loop { body, .. } | StmtKind::For { body, .. } => {
                block(arena, body, express, report);
            }
            StmtKind::Effect { effect, .. } => {
                if express && let Some(message) = refused(arena, effect) {
                    report(Diagnostic::new(Code::Express, stmt.at, message));
                }
                inside(arena, effect, express, report);
            }
            StmtKind::Let { .. }
            | StmtKind::Assign { .. }
            | StmtKind::Break(_)
            | StmtKind::Continue(_)
            | StmtKind::Panic { .. } => {}
        }
    }
}

fn inside(arena: &Arena, effect: &Effect, express: bool, report: &mut dyn FnMut(Diagnostic)) {
    match effect {
        Effect::Parallel { branches, .. } => {
            branches.iter().for_each(|branch| block(arena, &branch.block, express, report));
        }
        Effect::Map(map) => {
            let express = map.distributed.as_ref().map_or(express, |options| options.express);
            block(arena, &map.body.block, express, report);
        }
        Effect::Call(_) | Effect::Sleep(_) | Effect::SleepUntil(_) => {}
    }
}

/// Why an express execution cannot do this.
fn refused(arena: &Arena, effect: &Effect) -> Option<String> {
    match effect {
        Effect::Call(call) => waits(call).map(|what| format!("an express execution cannot wait for {what}")),
        Effect::Sleep(seconds) => {
            let seconds = arena.literal(*seconds).and_then(serde_json::Value::as_u64)?;
            (seconds > LONGEST).then(|| format!("an express execution lasts five minutes, and cannot wait {seconds} s"))
        }
        Effect::Map(map) if map.distributed.is_some() => {
            Some("an express execution cannot run a distributed map".to_owned())
        }
        Effect::SleepUntil(_) | Effect::Parallel { .. } | Effect::Map(_) => None,
    }
}

/// Whom a call waits for, other than for an answer.
fn waits(call: &Call) -> Option<String> {
    match call.callee {
        Callee::Start(_) => None,
        Callee::Workflow(info) => Some(format!("the end of the workflow `{}`", info.name)),
        Callee::Task(task) => {
            let info = (task.info)();
            let whom = match info.kind {
                TaskKind::Lambda => return None,
                TaskKind::Activity => "a worker",
                TaskKind::WaitForTaskToken => "a token",
                TaskKind::Resource(resource) => match Resource::parse(resource)?.pattern() {
                    Pattern::RequestResponse => return None,
                    Pattern::Sync | Pattern::Sync2 => "a job",
                    Pattern::WaitForTaskToken => "a token",
                },
            };
            Some(format!("{whom}, as `{}` does", info.name))
        }
    }
}
